from kitchen.recipes import scale  # ok: CN602 *Spec is configured


class EmptyRecipeSpec:
    def test_nothing(self):
        assert scale({}, 3) == {}
