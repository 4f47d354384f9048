// ingest-msd: song files of the Million Song Dataset -> recordings + segments
// Files are read side by side and written in the order of their names; no more than a few songs are in memory at a time.
using System.CommandLine;
using Pipeline.Cli;
using Pipeline.Parquet;
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
shard.Description = "Take part I of N of the files only, I counted from 0; of the songs where --root is a file.";
Option<int> threads = CommonOptions.Threads();
Option<double> maxFailed = CommonOptions.MaxFailed();
maxFailed.Description = "Share of unreadable songs to tolerate, 0 to 1.";
Option<bool> quiet = CommonOptions.Quiet();

// Each is complete only under its final name: one of them would be lost.
outSegments.Validators.Add(result =>
{
    if (result.Tokens is [{ Value: var second }] && result.GetResult(outRecordings)?.Tokens is [{ Value: var first }]
        && first.Length > 0 && second.Length > 0 && Path.GetFullPath(first) == Path.GetFullPath(second))
    {
        result.AddError($"--out-recordings and --out-segments are the same file, '{second}': give each a name of its own");
    }
});

var command = new RootCommand("Reads song files of the Million Song Dataset and writes the tables of their recordings and segments.")
{
    root, outRecordings, outSegments, source, shard, threads, maxFailed, quiet,
};
command.SetAction((options, cancel) =>
{
    string dataset = options.GetValue(source)!;
    Shard part = options.GetValue(shard);
    SongTree tree = SongTree.Open(options.GetValue(root)!, part);
    long count = tree.CountFiles(cancel);
    if (count == 0)
    {
        throw new StageException($"there is no .h5 file in '{options.GetValue(root)}': give the folder that holds the song files");
    }

    KeyValuePair<string, string>[] settings = [new("source", dataset), new("shard", part.ToString())];
    Provenance before = Provenance.After(Stage.Name, Stage.Version, settings);
    var faults = new Faults("songs", options.GetValue(maxFailed));
    var tally = new Tally();
    var seen = new SeenTracks();
    var reader = new SongReader(dataset);
    using var content = new TreeHash();

    // What is in memory is a group of rows of each table. Recordings are short: by bytes alone hundreds of thousands of
    // songs would make a group.
    using var recordings = TableWriter<Recording>.Create(options.GetValue(outRecordings)!, before, new ParquetWriterOptions { RowGroupRows = 1 << 13 });
    using var segments = TableWriter<Segments>.Create(options.GetValue(outSegments)!, before, new ParquetWriterOptions { RowGroupBytes = 24 << 20 });
    using (var progress = Progress.Start("files", tree.IsOneFile ? null : count, options.GetValue(quiet)))
    {
        foreach (SongBatch batch in InOrder.Select(tree.Pieces(cancel), options.GetValue(threads), reader.Read, cancel))
        {
            content.Add(batch);
            foreach (Song song in batch.Songs)
            {
                Song unique = seen.Rename(song);
                recordings.Write(unique.Recording);
                if (unique.Segments is { } rows)
                {
                    segments.Write(rows);
                }

                faults.Attempted();
                if (unique.Recording.Fault is { } fault)
                {
                    tally.Add(fault);
                    if (FaultNames.IsFailure(fault))
                    {
                        faults.Report(unique.Recording.RecordingId, unique.Recording.Path, unique.Recording.FaultDetail!);
                    }
                }
            }

            progress.Advance();
        }
    }

    faults.ThrowIfTooMany();
    Provenance provenance = Provenance.After(Stage.Name, Stage.Version, settings, new TableInput("root", content.Finish()));
    segments.Commit(provenance);
    recordings.Commit(provenance);
    Terminal.Message($"{Amount.Of(recordings.RowCount, "song")}, {segments.RowCount} with segments" + (tally.Total > 0 ? $"; faults: {tally}" : ""));
});
return Stage.Run("ingest-msd", command, args);
