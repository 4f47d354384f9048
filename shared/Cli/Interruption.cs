using System.Runtime.InteropServices;

namespace Pipeline.Cli;

/// <summary>
/// Turns the first Ctrl-C or SIGTERM into a cancelled token, so that the work unwinds and its half files go;
/// the second ends the process at once. System.CommandLine's own handling is no use here: it registers only once the
/// action has returned its task, which a synchronous loop does at its end.
/// </summary>
internal sealed class Interruption : IDisposable
{
    private readonly CancellationTokenSource source = new();
    private readonly PosixSignalRegistration interrupt;
    private readonly PosixSignalRegistration terminate;
    private readonly bool atOnce;
    private int signals;

    /// <param name="atOnce">The work takes no token, so waiting for it to unwind would be waiting for its end.</param>
    public Interruption(bool atOnce)
    {
        this.atOnce = atOnce;
        interrupt = PosixSignalRegistration.Create(PosixSignal.SIGINT, OnSignal);
        terminate = PosixSignalRegistration.Create(PosixSignal.SIGTERM, OnSignal);
    }

    public CancellationToken Token => source.Token;

    public void Dispose()
    {
        interrupt.Dispose();
        terminate.Dispose();
        source.Dispose();
    }

    private void OnSignal(PosixSignalContext context)
    {
        context.Cancel = true;
        if (Interlocked.Increment(ref signals) > 1 || atOnce)
        {
            Terminal.Restore();
            Environment.Exit(ExitCode.Interrupted);
        }
        try
        {
            source.Cancel();
        }
        catch (ObjectDisposedException)
        {
            // the work ended in this very moment
        }
    }
}
