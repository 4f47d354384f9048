// make-corpus: nothing -> a small corpus of music made by formula, in the shape of GTZAN and of the Million Song Dataset, or in another
// A song is composed first (Composition: form, chords, every player's notes), then it, or an excerpt of it, is recorded (Synthesis).
using System.CommandLine;
using System.CommandLine.Parsing;
using System.Globalization;
using Pipeline.Audio;
using Pipeline.Cli;
using Pipeline.Stages.MakeCorpus.Composition;
using Pipeline.Stages.MakeCorpus.Corpus;
using Pipeline.Stages.MakeCorpus.Corpus.Shapes;

var output = new Option<string>("--out") { Description = "The folder to make; one that this stage made is replaced, whatever its shape.", HelpName = "DIR", Required = true };
var shape = new Option<string>("--shape")
{
    Description = $"Which corpus: {string.Join("; ", Shape.All.Select(s => $"{s.Name} ({s.Description})"))}.",
    HelpName = "NAME",
    DefaultValueFactory = _ => Shape.All[0].Name,
};
shape.AcceptOnlyFromAmong([.. Shape.All.Select(s => s.Name)]);
var genres = new Option<string?>("--genres")
{
    Description = $"Only these genres, separated by commas, of {string.Join(", ", GenreTable.Gtzan.Names)}; of game-music: {string.Join(", ", GenreTable.GameMusic.Names)}; "
        + $"of regions: {string.Join(", ", GenreTable.Regions.Names)}.",
    HelpName = "A,B",
};
var artists = new Option<int?>("--artists") { Description = $"Artists of each genre; games of game-music, composers of regions (default: {Defaults(s => s.Artists)}).", HelpName = "N" };
var clips = new Option<int?>("--clips")
{
    Description = $"Clips of each artist, each of a song of its own; of game-music at most, of regions in the largest one (default: {Defaults(s => s.Clips)}).",
    HelpName = "N",
};
var tracks = new Option<int>("--tracks") { Description = "Further songs without sound: song files and labels as the Million Song Dataset's.", HelpName = "N", DefaultValueFactory = _ => 400 };
var trackSeconds = new Option<double>("--track-seconds") { Description = "Length of what is analysed of each of these songs.", HelpName = "S", DefaultValueFactory = _ => 12 };
var seconds = new Option<double?>("--seconds") { Description = $"Length of a clip (default: {Defaults(s => s.Seconds)}).", HelpName = "S" };
var partSeconds = new Option<double>("--part-seconds") { Description = "Length of the parts that a clip is cut into.", HelpName = "S", DefaultValueFactory = _ => 5 };
Option<ulong> seed = CommonOptions.Seed();
var format = new Option<string>("--format") { Description = "Kind of sound file: wav, or au as GTZAN's.", HelpName = "wav|au", DefaultValueFactory = _ => "wav" };
format.AcceptOnlyFromAmong("wav", "au");
var noFaults = new Option<bool>("--no-faults") { Description = "Leave out the files that are bad on purpose (listed in faults.csv)." };
Option<int> threads = CommonOptions.Threads();
Option<bool> quiet = CommonOptions.Quiet();

foreach ((Option option, int least, int most) in ((Option, int, int)[])[(artists, 1, 1000), (clips, 1, 1000), (tracks, 0, 100_000)])
{
    option.Validators.Add(result =>
    {
        if (result.Tokens is [{ Value: var text }] && int.TryParse(text, CultureInfo.InvariantCulture, out int n) && (n < least || n > most))
        {
            result.AddError($"{option.Name} needs a number from {least} to {most}, not '{text}'");
        }
    });
}

foreach (Option option in (Option[])[seconds, trackSeconds, partSeconds])
{
    option.Validators.Add(result =>
    {
        if (result.Tokens is [{ Value: var text }] && double.TryParse(text, CultureInfo.InvariantCulture, out double s) && s is not (>= 1 and <= 120))
        {
            result.AddError($"{option.Name} needs a number from 1 to 120, not '{text}'");
        }
    });
}

var command = new RootCommand("Makes a small corpus of music by formula: sound files in the shape of GTZAN with song files and label files in that of the Million Song Dataset, or another shape.")
{
    output, shape, genres, artists, clips, tracks, seconds, trackSeconds, partSeconds, seed, format, noFaults, threads, quiet,
};
command.Validators.Add(result =>
{
    // Read from the text: a shape that is none has been reported by its option.
    if (Shape.Find(result.GetResult(shape)?.Tokens is [{ Value: var name }] ? name : Shape.All[0].Name) is not { } wanted)
    {
        return;
    }

    foreach (Option option in (Option[])[tracks, seconds, trackSeconds, partSeconds, format, noFaults])
    {
        if (result.GetResult(option) is { Implicit: false } && !wanted.Takes(option.Name))
        {
            result.AddError($"{option.Name} has no meaning for --shape {wanted.Name}: leave it out, or name one of {string.Join(", ", Shape.All.Where(s => s.Takes(option.Name)).Select(s => s.Name))}");
        }
    }

    if (result.GetResult(genres)?.Tokens is [{ Value: var list }])
    {
        string[] names = Names(list);
        if (names.Length == 0)
        {
            result.AddError("--genres needs names of genres, separated by commas");
        }
        else if (names.Except(wanted.Genres.Names).FirstOrDefault() is { } stranger)
        {
            result.AddError($"there is no genre '{stranger}'; there are {string.Join(", ", wanted.Genres.Names)}");
        }
    }

    if (wanted.Takes(partSeconds.Name) && Number(result, partSeconds, 5) is { } part && Number(result, seconds, wanted.Seconds) is { } whole && part > whole)
    {
        result.AddError(string.Create(CultureInfo.InvariantCulture, $"--part-seconds needs no more than the {whole} s of a clip, not '{part}'"));
    }
});

command.SetAction((options, cancel) =>
{
    Shape wanted = Shape.Find(options.GetRequiredValue(shape))!;
    string[] names = options.GetValue(genres) is { } list ? Names(list) : [.. wanted.Genres.Names];
    CorpusWriter.Write(
        new CorpusOptions
        {
            Out = options.GetRequiredValue(output),
            Shape = wanted,
            Genres = [.. wanted.Genres.All.Where(g => names.Contains(g.Name))],
            Artists = options.GetValue(artists) ?? wanted.Artists,
            Clips = options.GetValue(clips) ?? wanted.Clips,
            Tracks = options.GetValue(tracks),
            Seconds = options.GetValue(seconds) ?? wanted.Seconds,
            TrackSeconds = options.GetValue(trackSeconds),
            PartSeconds = options.GetValue(partSeconds),
            Seed = options.GetValue(seed),
            Format = options.GetValue(format) == "au" ? AudioContainer.Au : AudioContainer.Wav,
            HasFaults = !options.GetValue(noFaults),
        },
        options.GetValue(threads),
        options.GetValue(quiet),
        cancel);
});

return Stage.Run("make-corpus", command, args);

static string[] Names(string list) => [.. list.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries).Distinct()];

// The commonest value, and the shapes that have another.
static string Defaults(Func<Shape, double> value)
{
    double usual = Shape.All.GroupBy(value).MaxBy(g => g.Count())!.Key;
    IEnumerable<string> others = Shape.All.Where(s => value(s) != usual).Select(s => string.Create(CultureInfo.InvariantCulture, $"{value(s)} for {s.Name}"));
    return string.Create(CultureInfo.InvariantCulture, $"{string.Join(", ", others.Prepend($"{usual}"))}");
}

// What is no number has been reported by the parser.
static double? Number(SymbolResult result, Option option, double usual) =>
    result.GetResult(option)?.Tokens is not [{ Value: var text }] ? usual : double.TryParse(text, CultureInfo.InvariantCulture, out double number) ? number : null;
