class FormBuilder:
    def create_user_context(self, form: dict) -> dict:  # ok: CN004 a method of another class
        return {"form": form["id"], "answers": dict(form["answers"])}

    def build(self, form: dict) -> dict:
        return self.create_user_context(form)  # ok: CN004 a method of another class
