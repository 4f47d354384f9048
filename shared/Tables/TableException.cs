namespace Pipeline.Tables;

/// <summary>A table that does not hold what its reader expects. The message is one sentence: which file, which column, what was expected and what was found.</summary>
public sealed class TableException(string message, Exception? cause = null) : IOException(message, cause);
