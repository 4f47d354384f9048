// ingest-images: a folder of classes with pictures of spectra -> recordings
// Every picture is decoded to its end on all cores; then duplicates are looked for among all of them, and the table is written.
using System.CommandLine;
using System.Globalization;
using Pipeline.Cli;
using Pipeline.Datasets;
using Pipeline.Stages.ImageIngestion;
using Pipeline.Tables;

var root = new Option<string>("--root")
{
    Description = "Folder of class folders, with PNG pictures in them, each the spectrum of a recording.",
    HelpName = "DIR",
    Required = true,
};
var output = new Option<string>("--out") { Description = "Table of recordings to write.", HelpName = "FILE", Required = true };
Option<string?> source = CommonOptions.Source();
var manifest = new Option<string?>("--manifest")
{
    Description = "CSV with artists, titles and known faults of the clips, such as manifests/gtzan.csv; its checksums are of sound and not looked at.",
    HelpName = "FILE",
};
var seconds = new Option<double>("--seconds") { Description = "How much sound a picture shows, which it does not tell.", HelpName = "S", DefaultValueFactory = _ => 30 };
var noNearDuplicates = new Option<bool>("--no-near-duplicates") { Description = "Do not compare how pictures look: only files of the same bytes are found." };
Option<int> threads = CommonOptions.Threads();
Option<double> maxFailed = CommonOptions.MaxFailed();
maxFailed.Description = "Share of unreadable pictures to tolerate, 0 to 1.";
Option<bool> quiet = CommonOptions.Quiet();

seconds.Validators.Add(result =>
{
    if (result.Tokens is [{ Value: var text }] && double.TryParse(text, out double length) && !(length > 0 && double.IsFinite(length)))
    {
        result.AddError($"--seconds needs more than 0, not '{text}'");
    }
});

var command = new RootCommand(
    "Reads a folder of pictures of spectra sorted into classes, decodes each to its end, and writes the table of recordings with every fault by name.")
{
    root, output, source, manifest, seconds, noNearDuplicates, threads, maxFailed, quiet,
};
command.SetAction((options, cancel) =>
{
    string folder = options.GetValue(root)!;
    string dataset = options.GetValue(source) ?? Path.GetFileName(Path.TrimEndingDirectorySeparator(Path.GetFullPath(folder)));
    string? list = options.GetValue(manifest);
    Manifest? published = list is null ? null : Manifest.Read(list);
    ClassFolder tree = ClassFolder.Open(folder, dataset, "picture", PictureFiles.Has, cancel);
    if (tree.Others.Count > 0)
    {
        Terminal.Message($"{Amount.Of(tree.Others.Count, "file")} of other kinds left out, such as {tree.Others[0]}");
    }

    bool isLikenessSought = !options.GetValue(noNearDuplicates);
    double length = options.GetValue(seconds);
    KeyValuePair<string, string>[] settings =
    [
        new("source", dataset),
        new("seconds", length.ToString(CultureInfo.InvariantCulture)),
        new("no-near-duplicates", isLikenessSought ? "false" : "true"),
    ];

    // Before the work: where nothing can be written, it would be lost.
    using var table = TableWriter<Recording>.Create(options.GetValue(output)!, Provenance.After(Stage.Name, Stage.Version, settings));
    var faults = new Faults("pictures", options.GetValue(maxFailed), tree.Items.Count);
    var reader = new ClipPictureReader(published, isLikenessSought);
    var clips = new List<ClipPicture>(tree.Items.Count);
    using (var progress = Progress.Start("pictures", tree.Items.Count, options.GetValue(quiet)))
    {
        foreach (ClipPicture clip in InOrder.Select(tree.Items, options.GetValue(threads), reader.Read, cancel))
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
    DuplicateGroups duplicates = DuplicateGroups.Find(clips);
    IReadOnlyList<(int First, int Second)> alike = Likeness.FindAlike(clips, options.GetValue(threads), cancel);
    foreach ((int first, int second) in alike)
    {
        duplicates.Join(first, second);
    }

    List<TableInput> inputs = [new("root", FoundFile.HashOf(clips))];
    if (list is not null)
    {
        inputs.Add(TableInput.Of("manifest", list));
    }

    for (int i = 0; i < clips.Count; i++)
    {
        cancel.ThrowIfCancellationRequested();
        table.Write(Row(clips[i], dataset, length, duplicates.GroupOf(i)));
    }

    table.Commit(Provenance.After(Stage.Name, Stage.Version, settings, inputs));
    Summary.Print(clips, alike, published);
});
return Stage.Run("ingest-images", command, args);

static Recording Row(ClipPicture clip, string dataset, double length, ClassFile? group) => new(
    RecordingId: clip.Item.RecordingId,
    Source: dataset,
    Path: clip.Item.Path,
    FolderLabel: clip.Item.Label,
    Title: clip.Manifest?.Title,
    Artist: clip.Manifest?.Artist,
    ArtistId: null,
    DurationS: clip.Fault == FaultNames.Unreadable ? 0 : length,
    SampleRate: null,
    Channels: null,
    Sha256: clip.Sha256,
    Peak: null,
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
