from django.test import Client, SimpleTestCase


class RecipePages(SimpleTestCase):
    def test_index(self):
        self.assertEqual(self.client.get("/recipes/").json(), ["borscht"])  # ok: CN507 include

    def test_step(self):
        self.assertContains(self.client.get("/recipes/borscht/steps/1/"), "simmer")  # ok: CN507 converters

    def test_step_by_name(self):
        answer = self.client.get("/recipes/borscht/steps/last/")  # want: CN507
        self.assertContains(answer, "simmer")

    def test_archive(self):
        self.assertEqual(self.client.get("/archive/1999/").json()["year"], 1999)  # ok: CN507 re_path

    def test_search(self):
        found = Client().get("/search/", {"q": "beet"})  # want: CN507
        self.assertEqual(found.status_code, 200)

    def test_admin_asks_for_login(self):
        self.assertEqual(self.client.get("/admin/").status_code, 302)  # ok: CN507 the admin site

    def test_unknown_page(self):
        self.assertEqual(self.client.get("/pantry/").status_code, 404)  # ok: CN507 expects 404
