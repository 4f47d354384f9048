// ingest-msd: song files of the Million Song Dataset -> recordings + segments
// Files are read side by side and written in the order of their names; no more than a few songs are in memory at a time.
using System.CommandLine;
using Pipeline.Cli;
using Pipeline.Datasets;
using Pipeline.Msd;
using Pipeline.Stages.MsdIngestion;
using Pipeline.Tables;

var root = new Option<string>("--root")
{
    Description = "Folder of song files (.h5), in the dataset's own tree or any other; or one file, with one or many songs.",
    HelpName = "DIR",
    Required = true,
};
var outRecordings = new Option<string>("--out-recordings") { Description = "Table of recordings to write.", HelpName = "FILE", Required = true };
var outSegments = new Option<string>("--out-segments") { Description = "Table of segments to write; songs with a fault have none.", HelpName = "FILE", Required = true };
Option<string?> source = CommonOptions.Source();
source.Description = "Name of the dataset, which begins every recording's key.";
source.DefaultValueFactory = _ => "msd";
Option<Shard> shard = CommonOptions.Shard();
shard.Description = "Take part I of N of the files only, I counted from 0 (of the songs where --root is a file); merge puts the parts' tables together.";
Option<int> threads = CommonOptions.Threads();
Option<double> maxFailed = CommonOptions.MaxFailed();
maxFailed.Description = "Share of unreadable songs to tolerate, 0 to 1.";
Option<bool> quiet = CommonOptions.Quiet();

var command = new RootCommand("Reads song files of the Million Song Dataset and writes the tables of their recordings and segments.")
{
    root, outRecordings, outSegments, source, shard, threads, maxFailed, quiet,
};
CommonOptions.KeepApart(command, outRecordings, outSegments);
command.SetAction((options, cancel) =>
{
    string dataset = options.GetValue(source)!;
    Shard part = options.GetValue(shard);
    SongTree tree = SongTree.Open(options.GetValue(root)!, part, cancel);
    KeyValuePair<string, string>[] settings = [new("source", dataset), new("shard", part.ToString())];
    Provenance before = Provenance.After(Stage.Name, Stage.Version, settings);
    var faults = new Faults("songs", options.GetValue(maxFailed));
    var tally = new Tally();
    var tracks = new RepeatedTracks(tree.Count);
    var reader = new SongReader(dataset);
    var content = new TreeHash();

    // What is in memory is a group of rows of each table, and some ten bytes of each song's key.
    using var recordings = TableWriter<Recording>.Create(options.GetValue(outRecordings)!, before);
    using var segments = TableWriter<Segments>.Create(options.GetValue(outSegments)!, before);
    using (var progress = Progress.Start("files", tree.IsOneFile ? null : tree.Count, options.GetValue(quiet)))
    {
        foreach (SongBatch batch in InOrder.Select(tree.Pieces(cancel), options.GetValue(threads), reader.Read, cancel))
        {
            if (batch.Sha256 is { } hash)
            {
                content.Add(batch.Name, hash);
            }

            foreach (Song song in batch.Songs)
            {
                Recording recording = tracks.Rename(song.Recording);
                recordings.Write(recording);
                faults.Attempted();
                if (recording.Fault is { } fault)
                {
                    tally.Add(fault);
                    if (MsdFaultNames.IsFailure(fault))
                    {
                        faults.Report(recording.RecordingId, recording.Path, recording.FaultDetail!);
                    }
                }
                else
                {
                    segments.Write(song.Segments!);
                }
            }

            progress.Advance();
        }
    }

    faults.ThrowIfTooMany();
    TableInput input = tree.IsOneFile ? TableInput.Of("root", tree.Root) : new TableInput("root", content.ToString());
    Provenance provenance = Provenance.After(Stage.Name, Stage.Version, settings, input);
    segments.Commit(provenance);
    recordings.Commit(provenance);
    Terminal.Message($"{Amount.Of(recordings.RowCount, "song")}, {segments.RowCount} with segments" + (tally.Total > 0 ? $"; faults: {tally}" : ""));
});
return Stage.Run("ingest-msd", command, args);
