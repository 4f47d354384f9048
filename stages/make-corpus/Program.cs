// make-corpus: nothing -> a small corpus of music made by formula, in the shape of GTZAN and of the Million Song Dataset
// A song is composed first (Composition: form, chords, every player's notes), then an excerpt of it recorded (Synthesis).
using System.CommandLine;
using System.Globalization;
using Pipeline.Audio;
using Pipeline.Cli;
using Pipeline.Stages.MakeCorpus.Composition;
using Pipeline.Stages.MakeCorpus.Corpus;

string[] known = [.. GenreTable.All.Select(g => g.Name)];

var output = new Option<string>("--out") { Description = "The folder to make; one that this stage made is replaced.", HelpName = "DIR", Required = true };
var genres = new Option<string?>("--genres") { Description = $"Only these genres, separated by commas, of {string.Join(", ", known)}.", HelpName = "A,B" };
var artists = new Option<int>("--artists") { Description = "Artists of each genre.", HelpName = "N", DefaultValueFactory = _ => 8 };
var clips = new Option<int>("--clips") { Description = "Clips of each artist, each of a song of its own.", HelpName = "N", DefaultValueFactory = _ => 5 };
var tracks = new Option<int>("--tracks") { Description = "Further songs without sound: song files and labels as the Million Song Dataset's.", HelpName = "N", DefaultValueFactory = _ => 400 };
var trackSeconds = new Option<double>("--track-seconds") { Description = "Length of what is analysed of each of these songs.", HelpName = "S", DefaultValueFactory = _ => 12 };
var seconds = new Option<double>("--seconds") { Description = "Length of a clip.", HelpName = "S", DefaultValueFactory = _ => 8 };
Option<ulong> seed = CommonOptions.Seed();
var format = new Option<string>("--format") { Description = "Kind of sound file: wav, or au as GTZAN's.", HelpName = "wav|au", DefaultValueFactory = _ => "wav" };
format.AcceptOnlyFromAmong("wav", "au");
var noFaults = new Option<bool>("--no-faults") { Description = "Leave out the files that are bad on purpose (listed in gtzan/faults.csv)." };
Option<int> threads = CommonOptions.Threads();
Option<bool> quiet = CommonOptions.Quiet();

output.Validators.Add(result =>
{
    if (result.Tokens is [{ Value: var path }] && string.IsNullOrWhiteSpace(path))
    {
        result.AddError("--out needs the name of a folder");
    }
});
genres.Validators.Add(result =>
{
    if (result.Tokens is not [{ Value: var list }])
    {
        return;
    }

    string[] names = Names(list);
    if (names.Length == 0)
    {
        result.AddError("--genres needs names of genres, separated by commas");
    }
    else if (names.Except(known).FirstOrDefault() is { } stranger)
    {
        result.AddError($"there is no genre '{stranger}'; there are {string.Join(", ", known)}");
    }
});
foreach ((Option<int> option, int least, int most) in ((Option<int>, int, int)[])[(artists, 1, 1000), (clips, 1, 1000), (tracks, 0, 100_000)])
{
    option.Validators.Add(result =>
    {
        if (result.Tokens is [{ Value: var text }] && int.TryParse(text, CultureInfo.InvariantCulture, out int n) && (n < least || n > most))
        {
            result.AddError($"{option.Name} needs a number from {least} to {most}, not '{text}'");
        }
    });
}

foreach (Option<double> option in (Option<double>[])[seconds, trackSeconds])
{
    option.Validators.Add(result =>
    {
        if (result.Tokens is [{ Value: var text }] && double.TryParse(text, CultureInfo.InvariantCulture, out double s) && s is not (>= 1 and <= 120))
        {
            result.AddError($"{option.Name} needs a number from 1 to 120, not '{text}'");
        }
    });
}

var command = new RootCommand("Makes a small corpus of music by formula: sound files in the shape of GTZAN, song files and label files in that of the Million Song Dataset.")
{
    output, genres, artists, clips, tracks, seconds, trackSeconds, seed, format, noFaults, threads, quiet,
};

command.SetAction((options, cancel) =>
{
    string[] wanted = options.GetValue(genres) is { } list ? Names(list) : known;
    CorpusWriter.Write(
        new CorpusOptions
        {
            Out = options.GetRequiredValue(output),
            Genres = [.. GenreTable.All.Where(g => wanted.Contains(g.Name))],
            Artists = options.GetValue(artists),
            Clips = options.GetValue(clips),
            Tracks = options.GetValue(tracks),
            Seconds = options.GetValue(seconds),
            TrackSeconds = options.GetValue(trackSeconds),
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
