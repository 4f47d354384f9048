namespace Pipeline.Parquet.Codecs;

/// <summary>
/// Compressed data that cannot be what its page header says. Whoever reads the page knows the file and the column
/// and adds them; the message here is the reason alone.
/// </summary>
internal sealed class CodecException(string reason, Exception? cause = null) : Exception(reason, cause);
