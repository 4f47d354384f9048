namespace Pipeline.Recipes;

/// <summary>A recipe that cannot be followed. The message is one sentence: which file, which setting, what was expected.</summary>
public sealed class RecipeException(string message, Exception? cause = null) : IOException(message, cause);
