// ingest-audio: a folder of classes -> recordings
// Every file is decoded to its end on all cores; then duplicates are looked for among all of them, and the table is written.
using System.CommandLine;
using Pipeline.Audio;
using Pipeline.Cli;
using Pipeline.Datasets;
using Pipeline.Stages.AudioIngestion;
using Pipeline.Tables;

var root = new Option<string>("--root") { Description = "Folder of class folders, with sound files of any kinds in them.", HelpName = "DIR", Required = true };
var output = new Option<string>("--out") { Description = "Table of recordings to write.", HelpName = "FILE", Required = true };
Option<string?> source = CommonOptions.Source();
var manifest = new Option<string?>("--manifest")
{
    Description = "CSV with checksums, artists, titles and known faults of the clips, such as manifests/gtzan.csv.",
    HelpName = "FILE",
};
var minSeconds = new Option<double>("--min-seconds") { Description = "What is shorter is a fault.", HelpName = "S", DefaultValueFactory = _ => 1 };
var noNearDuplicates = new Option<bool>("--no-near-duplicates") { Description = "Do not compare the recordings' fingerprints: only files of the same bytes are found." };
var ffmpeg = new Option<bool>("--ffmpeg") { Description = "Let ffmpeg read what is neither wav, au, aiff, flac, ogg nor mp3." };
Option<int> threads = CommonOptions.Threads();
Option<double> maxFailed = CommonOptions.MaxFailed();
maxFailed.Description = "Share of unreadable recordings to tolerate, 0 to 1.";
Option<bool> quiet = CommonOptions.Quiet();

minSeconds.Validators.Add(result =>
{
    if (result.Tokens is [{ Value: var text }] && double.TryParse(text, out double seconds) && !(seconds >= 0))
    {
        result.AddError($"--min-seconds needs 0 or more, not '{text}'");
    }
});

var command = new RootCommand("Reads a folder of sound files sorted into classes, decodes each to its end, and writes the table of recordings with every fault by name.")
{
    root, output, source, manifest, minSeconds, noNearDuplicates, ffmpeg, threads, maxFailed, quiet,
};
command.SetAction((options, cancel) =>
{
    string folder = options.GetValue(root)!;
    string dataset = options.GetValue(source) ?? Path.GetFileName(Path.TrimEndingDirectorySeparator(Path.GetFullPath(folder)));
    string? list = options.GetValue(manifest);
    Manifest? published = list is null ? null : Manifest.Read(list);
    bool useFfmpeg = options.GetValue(ffmpeg);
    ClassFolder tree = ClassFolder.Open(folder, dataset, "sound file", file => SoundFiles.Has(file, useFfmpeg), cancel);
    if (tree.Others.Count > 0)
    {
        Terminal.Message($"{Amount.Of(tree.Others.Count, "file")} of other kinds left out, such as {tree.Others[0]}");
    }

    KeyValuePair<string, string>[] settings =
    [
        new("source", dataset),
        new("min-seconds", options.GetValue(minSeconds).ToString(System.Globalization.CultureInfo.InvariantCulture)),
        new("no-near-duplicates", options.GetValue(noNearDuplicates) ? "true" : "false"),
        new("ffmpeg", useFfmpeg ? "true" : "false"),
    ];

    // Before the work: where nothing can be written, hours would be lost.
    using var table = TableWriter<Recording>.Create(options.GetValue(output)!, Provenance.After(Stage.Name, Stage.Version, settings));
    var faults = new Faults("recordings", options.GetValue(maxFailed), tree.Items.Count);
    var reader = new ClipReader(published, options.GetValue(minSeconds), useFfmpeg, !options.GetValue(noNearDuplicates));
    var clips = new List<Clip>(tree.Items.Count);
    using (var progress = Progress.Start("recordings", tree.Items.Count, options.GetValue(quiet)))
    {
        foreach (Clip clip in InOrder.Select(tree.Items, options.GetValue(threads), reader.Read, cancel))
        {
            clips.Add(clip);
            progress.Advance();
            if (clip.Fault == FaultNames.Unreadable)
            {
                faults.Report(clip.Item.RecordingId, clip.Item.Path, clip.FaultDetail!);
            }
        }
    }

    faults.ThrowIfTooMany();
    DuplicateSearch duplicates = DuplicateSearch.Run(clips, options.GetValue(threads), cancel);
    List<TableInput> inputs = [new("root", FoundFile.HashOf(clips))];
    if (list is not null)
    {
        inputs.Add(TableInput.Of("manifest", list));
    }

    for (int i = 0; i < clips.Count; i++)
    {
        cancel.ThrowIfCancellationRequested();
        table.Write(Row(clips[i], dataset, duplicates.GroupOf(i)));
    }

    table.Commit(Provenance.After(Stage.Name, Stage.Version, settings, inputs));
    Summary.Print(clips, duplicates, published);
});
return Stage.Run("ingest-audio", command, args);

static Recording Row(Clip clip, string dataset, ClassFile? group) => new(
    RecordingId: clip.Item.RecordingId,
    Source: dataset,
    Path: clip.Item.Path,
    FolderLabel: clip.Item.Label,
    Title: clip.Manifest?.Title,
    Artist: clip.Manifest?.Artist,
    ArtistId: null,
    DurationS: clip.DurationS,
    SampleRate: clip.SampleRate,
    Channels: clip.Channels,
    Sha256: clip.Sha256,
    Peak: clip.Peak,
    Fault: clip.Fault,
    FaultDetail: clip.FaultDetail,
    DuplicateGroup: group?.RecordingId,
    TrackId: null,
    SongId: null,
    Release: null,
    Year: null,
    Tempo: null,
    Key: null,
    KeyConfidence: null,
    Mode: null,
    ModeConfidence: null,
    TimeSignature: null,
    TimeSignatureConfidence: null,
    LoudnessDb: null);
