// export-h5: recordings, with their segments or their audio -> song files of the Million Song Dataset's layout
// One file for each recording that is sound. What the layout has a place for comes back through ingest-msd as it was.
using System.CommandLine;
using Pipeline.Cli;
using Pipeline.Stages.Hdf5Export;
using Pipeline.Tables;

var recordings = new Option<string>("--recordings") { Description = "Table of recordings.", HelpName = "FILE", Required = true };
var segments = new Option<string?>("--segments") { Description = "Table of their segments, in the same order.", HelpName = "FILE" };
var audioRoot = new Option<string?>("--audio-root")
{
    Description = "Folder that the recordings' paths are relative to: each file gets the samples of its recording as /audio/samples, and their analysis where --segments has none.",
    HelpName = "DIR",
};
var output = new Option<string>("--out") { Description = "The folder to make; one that this stage made is replaced.", HelpName = "DIR", Required = true };
var ffmpeg = new Option<bool>("--ffmpeg") { Description = "Let ffmpeg read audio that is neither wav, au, aiff, flac, ogg nor mp3." };
Option<int> threads = CommonOptions.Threads();
Option<double> maxFailed = CommonOptions.MaxFailed();
maxFailed.Description = "Share of recordings whose audio cannot be read to tolerate, 0 to 1.";
Option<bool> quiet = CommonOptions.Quiet();

var command = new RootCommand("Writes recordings as song files of the Million Song Dataset's layout, which the dataset's own tools read.")
{
    recordings, segments, audioRoot, output, ffmpeg, threads, maxFailed, quiet,
};
command.SetAction((options, cancel) =>
{
    TableReader<Recording> table = TableReader<Recording>.Open(options.GetRequiredValue(recordings));
    TableReader<Segments>? analysis = options.GetValue(segments) is { } path ? TableReader<Segments>.Open(path) : null;
    if (options.GetValue(audioRoot) is { } root && !Directory.Exists(root))
    {
        throw new StageException($"there is no folder '{root}': --audio-root is what ingest-audio had as --root");
    }

    using var folder = new OutputFolder(options.GetRequiredValue(output), ".export-h5");
    var exporter = new SongExporter(folder, options.GetValue(audioRoot), options.GetValue(ffmpeg));
    var faults = new Faults("recordings", options.GetValue(maxFailed));
    long written = 0;
    long leftOut = 0;
    using (var progress = Progress.Start("recordings", table.RowCount, options.GetValue(quiet)))
    {
        IEnumerable<RecordingWithSegments> sources = RecordingWithSegments.Join(table.Read(cancel), analysis?.Read(cancel));
        foreach (ExportResult result in InOrder.Select(sources, options.GetValue(threads), exporter.Write, cancel))
        {
            progress.Advance();
            if (result.IsLeftOut)
            {
                leftOut++;
                continue;
            }

            faults.Attempted();
            if (result.Failure is { } reason)
            {
                faults.Report(result.Recording.RecordingId, result.Recording.Path, reason);
            }
            else
            {
                written++;
            }
        }
    }

    faults.ThrowIfTooMany();
    folder.Commit();
    Terminal.Message($"{Amount.Of(written, "song file")}" + (leftOut > 0 ? $"; {Amount.Of(leftOut, "recording")} with a fault left out" : ""));
});
return Stage.Run("export-h5", command, args);
