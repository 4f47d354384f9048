namespace Pipeline.Cli;

/// <summary>
/// Whoever read our stdout has gone (<c>inspect FILE | head</c>): they have what they wanted.
/// Its own type, so that another broken pipe (a child process that died) stays a failure.
/// </summary>
internal sealed class BrokenPipeException(IOException cause) : IOException("nobody reads stdout any more", cause);
