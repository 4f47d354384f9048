// Probe: a stage made for the tests only. Each option makes it do one thing that the shell around a stage must handle.
using System.CommandLine;
using System.Reflection;
using System.Runtime.InteropServices;
using Pipeline.Audio;
using Pipeline.Cli;
using Pipeline.Native;

var inputs = new Argument<FileInfo[]>("files") { Description = "Files that must exist.", Arity = ArgumentArity.ZeroOrMore, HelpName = "FILE" }.AcceptExistingOnly();
var hold = new Option<string>("--hold") { Description = "Write this file's .part until cancelled; commit never.", HelpName = "FILE" };
var deaf = new Option<bool>("--deaf") { Description = "With --hold: do not look at the token." };
var polite = new Option<bool>("--polite") { Description = "With --hold: leave the loop when cancelled, without throwing." };
var fail = new Option<string>("--fail") { Description = "Fail in a way that has a name." };
var lines = new Option<int>("--lines") { Description = "Print this many lines." };
var work = new Option<int>("--work") { Description = "Show the progress of this many items." };
var delay = new Option<int>("--delay") { Description = "With --work: milliseconds per item.", DefaultValueFactory = _ => 1 };
var unknownTotal = new Option<bool>("--unknown-total") { Description = "With --work: do not say how many there are." };
var message = new Option<string>("--message") { Description = "With --work: print this half-way." };
var assemblies = new Option<bool>("--assemblies") { Description = "Print the assemblies that are loaded at the end." };
var sound = new Option<string>("--sound") { Description = "Print how many frames this sound file has.", HelpName = "FILE" };
var mode = new Option<string>("--mode") { Description = "One of a few words." }.AcceptOnlyFromAmong("fast", "slow");
var day = new Option<DayOfWeek?>("--day") { Description = "A weekday." };
var required = new Option<string>("--needed") { Description = "Must be given.", Required = true };
Option<bool> quiet = CommonOptions.Quiet();
Option<bool> json = CommonOptions.Json();
Option<int> threads = CommonOptions.Threads();
Option<ulong> seed = CommonOptions.Seed();
Option<Shard> shard = CommonOptions.Shard();
Option<double> maxFailed = CommonOptions.MaxFailed();

var command = new RootCommand("does whatever a test asks for, and is of no use to anybody else at all, whoever they may be.")
{
    inputs, required, hold, deaf, polite, fail, lines, work, delay, unknownTotal, message, assemblies, sound, mode, day, quiet, json, threads, seed, shard, maxFailed,
};

if (Environment.GetEnvironmentVariable("PROBE_WITHOUT_TOKEN") is not null)
{
    command.SetAction(_ => HoldForever());
}
else
{
    command.SetAction((options, cancel) =>
    {
        Print(options.GetValue(lines), cancel);
        Fail(options.GetValue(fail));
        Work(options.GetValue(work), options.GetValue(delay), options.GetValue(unknownTotal), options.GetValue(message), options.GetValue(quiet), cancel);
        if (options.GetValue(hold) is { } file)
        {
            Hold(file, options.GetValue(deaf), options.GetValue(polite), cancel);
        }
        if (options.GetValue(sound) is { } soundFile)
        {
            Console.Out.WriteLine(AudioFile.Read(soundFile).Frames);
        }
        if (options.GetValue(assemblies))
        {
            Console.Out.WriteLine(string.Join('\n', AppDomain.CurrentDomain.GetAssemblies().Select(assembly => assembly.GetName().Name)));
        }
    });
}

return Stage.Run("probe", command, args);

static void Print(int count, CancellationToken cancel)
{
    for (int i = 0; i < count; i++)
    {
        cancel.ThrowIfCancellationRequested();
        Console.Out.WriteLine($"line {i} of {count}, long enough that a pipe's buffer fills before long");
    }
    if (count > 0)
    {
        Terminal.Message("printed every line");
    }
}

static void Work(int count, int delay, bool unknownTotal, string? message, bool quiet, CancellationToken cancel)
{
    if (count == 0)
    {
        return;
    }
    using var progress = Progress.Start("items", unknownTotal ? null : count, quiet);
    for (int i = 0; i < count; i++)
    {
        cancel.ThrowIfCancellationRequested();
        Thread.Sleep(delay);
        progress.Advance();
        if (message is not null && i == count / 2)
        {
            Terminal.Message(message);
        }
    }
}

static void Hold(string file, bool deaf, bool polite, CancellationToken cancel)
{
    using var part = new PartFile(file + ".part");
    Terminal.Message("holding");
    while (deaf || !polite || !cancel.IsCancellationRequested)
    {
        Thread.Sleep(10);
        if (!deaf && !polite)
        {
            cancel.ThrowIfCancellationRequested();
        }
    }
}

static void HoldForever()
{
    Terminal.Message("holding");
    Thread.Sleep(Timeout.Infinite);
}

static void Fail(string? way)
{
    switch (way)
    {
        case null:
            return;
        case "stage":
            throw new StageException("table.parquet has no column genre: run unify-labels again");
        case "stage-with-cause":
            throw new StageException("cannot read table.parquet", new InvalidDataException("the footer is cut short."));
        case "io":
            File.OpenRead("/nowhere/table.parquet");
            return;
        case "data":
            throw new InvalidDataException("clip.wav ends after 17\nof 44 bytes");
        case "full":
            using (var full = new FileStream("/dev/full", FileMode.Open, FileAccess.Write, FileShare.None, bufferSize: 0))
            {
                full.Write([1, 2, 3]);
            }
            return;
        case "bug":
            throw new InvalidOperationException("Sequence contains no elements");
        case "parallel":
            Parallel.For(0, 4, _ => throw new StageException("one of the workers failed"));
            return;
        case "thread":
            var thread = new Thread(() => throw new InvalidOperationException("on a thread of its own"));
            thread.Start();
            thread.Join();
            Thread.Sleep(Timeout.Infinite);
            return;
        case "library":
            NativeLibraries.Register(Assembly.GetExecutingAssembly());
            Console.Out.WriteLine(Zstd.ZSTD_versionNumber());
            return;
        case "other-pipe":
            throw new IOException("Broken pipe", 32);
        case "cancelled-by-nobody":
            throw new OperationCanceledException("a token of somebody else's");
        default:
            throw new ArgumentException($"'{way}' is no way to fail");
    }
}

/// <summary>A file that is deleted unless it was committed, as tables are.</summary>
internal sealed class PartFile : IDisposable
{
    private readonly string path;
    private readonly FileStream stream;

    public PartFile(string path)
    {
        this.path = path;
        stream = File.Create(path);
    }

    public void Dispose()
    {
        stream.Dispose();
        File.Delete(path);
    }
}

/// <summary>One function of libzstd, found the way every library is.</summary>
internal static partial class Zstd
{
    [LibraryImport("zstd")]
    internal static partial uint ZSTD_versionNumber();
}
