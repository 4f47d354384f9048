namespace Pipeline.Tests.Cli;

/// <summary>Keeps what is printed on this process's stderr while it lives.</summary>
internal sealed class CapturedErrors : IDisposable
{
    private readonly TextWriter before = Console.Error;
    private readonly StringWriter captured = new() { NewLine = "\n" };

    public CapturedErrors() => Console.SetError(TextWriter.Synchronized(captured));

    public string[] Lines => captured.ToString().Split('\n', StringSplitOptions.RemoveEmptyEntries);

    public void Dispose() => Console.SetError(before);
}
