using System.Diagnostics;
using System.Runtime.InteropServices;
using System.Text;

namespace Pipeline.Tests.Cli;

/// <summary>The probe stage as a process of its own: what it printed, and what it ended with.</summary>
internal sealed partial class ProbeRun : IDisposable
{
    public const int Interrupt = 2;
    public const int Terminate = 15;

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    private readonly Process process;
    private readonly StringBuilder errors = new();
    private readonly Task<string> output;

    private ProbeRun(ProcessStartInfo start)
    {
        start.RedirectStandardOutput = true;
        start.RedirectStandardError = true;
        start.RedirectStandardInput = true;
        process = new Process { StartInfo = start };
        process.ErrorDataReceived += (_, line) =>
        {
            lock (errors)
            {
                errors.AppendLine(line.Data);
                Monitor.PulseAll(errors);
            }
        };
        process.Start();
        process.StandardInput.Close();
        process.BeginErrorReadLine();
        output = process.StandardOutput.ReadToEndAsync();
    }

    /// <summary>The program, built beside the tests in the same configuration.</summary>
    public static string Path { get; } = FindProbe();

    /// <summary>Whether this process was started with Ctrl-C ignored (nohup, a script's background job): the probe inherits that.</summary>
    public static bool IgnoresInterrupt
    {
        get
        {
            string? mask = File.Exists("/proc/self/status")
                ? File.ReadLines("/proc/self/status").FirstOrDefault(line => line.StartsWith("SigIgn:", StringComparison.Ordinal))
                : null;
            return mask is not null && (Convert.ToUInt64(mask[7..].Trim(), 16) >> (Interrupt - 1) & 1) != 0;
        }
    }

    public string Output => output.GetAwaiter().GetResult();

    public string Errors
    {
        get
        {
            lock (errors)
            {
                return errors.ToString().Trim();
            }
        }
    }

    public static ProbeRun Start(string arguments, params (string Name, string Value)[] environment)
    {
        var start = new ProcessStartInfo(Path, "--needed x " + arguments);
        foreach ((string name, string value) in environment)
        {
            start.Environment[name] = value;
        }
        return new ProbeRun(start);
    }

    /// <summary>Runs a line of shell in which $PROBE is the program.</summary>
    public static ProbeRun Shell(string line)
    {
        var start = new ProcessStartInfo("/bin/bash") { ArgumentList = { "-c", line } };
        start.Environment["PROBE"] = Path + " --needed x";
        start.Environment["TERM"] = "xterm";
        return new ProbeRun(start);
    }

    public void WaitForError(string text)
    {
        DateTime end = DateTime.UtcNow + Patience;
        lock (errors)
        {
            while (!errors.ToString().Contains(text, StringComparison.Ordinal))
            {
                if (!Monitor.Wait(errors, TimeSpan.FromSeconds(1)) && DateTime.UtcNow > end)
                {
                    throw new TimeoutException($"'{text}' was never printed; only: {errors}");
                }
            }
        }
    }

    public void Signal(int signal) => _ = Kill(process.Id, signal);

    /// <summary>Waits for the end and gives the exit code.</summary>
    public int ExitCode()
    {
        if (!process.WaitForExit(Patience))
        {
            process.Kill(entireProcessTree: true);
            throw new TimeoutException($"the probe does not end; it printed: {Errors}");
        }
        process.WaitForExit(); // until its streams are read to the end
        return process.ExitCode;
    }

    public void Dispose()
    {
        if (!process.HasExited)
        {
            process.Kill(entireProcessTree: true);
        }
        process.Dispose();
    }

    private static string FindProbe()
    {
        // artifacts/bin/Shared.Tests/release/ -> artifacts/bin/Probe/release/Probe
        var here = new DirectoryInfo(AppContext.BaseDirectory.TrimEnd('/', '\\'));
        string name = OperatingSystem.IsWindows() ? "Probe.exe" : "Probe";
        return System.IO.Path.Combine(here.Parent!.Parent!.FullName, "Probe", here.Name, name);
    }

    [LibraryImport("libc", EntryPoint = "kill")]
    private static partial int Kill(int process, int signal);
}
