def scale(recipe: dict[str, float], factor: float) -> dict[str, float]:
    return {name: amount * factor for name, amount in recipe.items()}
