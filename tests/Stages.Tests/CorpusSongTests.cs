using Pipeline.Tables;
using Xunit;

namespace Pipeline.Tests;

/// <summary>The song files that make-corpus writes, as ingest-msd reads them.</summary>
public sealed class CorpusSongTests(CorpusSongTests.Songs songs) : IClassFixture<CorpusSongTests.Songs>
{
    private const int Tracks = 120;

    [Fact]
    public void Every_song_is_there_and_its_faults_are_those_that_were_planned()
    {
        Dictionary<string, string> planned = File.ReadAllLines(songs.Corpus("labels", "msd-faults.csv")).Skip(1).Select(l => l.Split(',')).ToDictionary(l => l[0], l => l[1]);
        Assert.Equal(["absurd", "no-segments", "not-finite", "unequal-lengths", "unreadable"], planned.Values.Order(StringComparer.Ordinal));
        Assert.Equal(Tracks, songs.Recordings.Length);
        Assert.All(songs.Recordings, r => Assert.Equal(planned.GetValueOrDefault(r.Path), r.Fault));
        Assert.Equal(Tracks - planned.Count, songs.Segments.Length);
    }

    [Fact]
    public void A_file_lies_where_its_track_says() =>
        Assert.All(songs.Recordings, r => Assert.Equal($"{Track(r)[2]}/{Track(r)[3]}/{Track(r)[4]}/{Track(r)}.h5", r.Path));

    [Fact]
    public void The_labels_are_of_the_same_tracks()
    {
        string[] tracks = [.. songs.Recordings.Select(Track)];
        foreach (string file in (string[])["tagtraum.cls", "topmagd.cls"])
        {
            string[] labelled = [.. File.ReadAllLines(songs.Corpus("labels", file)).Where(l => !l.StartsWith('#')).Select(l => l.Split('\t')[0])];
            Assert.Subset(tracks.ToHashSet(), labelled.ToHashSet());
            Assert.InRange(labelled.Length, Tracks * 3 / 4, Tracks - 1);
        }
    }

    [Fact]
    public void Artists_have_one_key_each_and_some_have_clips_too()
    {
        Assert.All(songs.Recordings.Where(r => r.Artist is not null).GroupBy(r => r.Artist), artist => Assert.Single(artist.Select(r => r.ArtistId).Distinct()));
        string[] withClips = [.. File.ReadAllLines(songs.Corpus("gtzan", "artists.csv")).Skip(1).Select(l => l.Split(',')[1]).Distinct()];
        Assert.NotEmpty(withClips.Intersect(songs.Recordings.Select(r => r.Artist)));
        Assert.NotEmpty(songs.Recordings.Select(r => r.Artist).Except(withClips));
    }

    [Fact]
    public void A_segments_values_are_in_the_ranges_of_the_datasets()
    {
        Assert.All(songs.Segments, s =>
        {
            Assert.InRange(s.Start.Length / s.DurationS, 1, 11); // a second
            Assert.InRange(s.LoudnessMax.Average(), -50, 0);
            Assert.Equal(1, s.Pitches.Take(Segments.Dimensions).Max(), 0.01f);
            Assert.InRange(s.Timbre.Max(Math.Abs), 20, 600);
            Assert.InRange(s.BeatsStart.Length / s.DurationS * 60, s.Tempo * 0.7, s.Tempo * 1.3); // a few seconds hold few of them
        });

        // The first value of timbre is loudness averaged over the segment, in the dataset 4 dB below its maximum.
        double[] distance = [.. songs.Segments.Select(s => s.LoudnessMax.Select((l, i) => Math.Abs(l + 60 - s.Timbre[Segments.Dimensions * i])).Average())];
        Assert.All(distance, d => Assert.InRange(d, 0, 12));
    }

    private static string Track(Recording recording) => recording.RecordingId["msd/".Length..].Split('/')[^1];

    public sealed class Songs : IDisposable
    {
        private readonly TemporaryFolder folder = new();

        public Songs()
        {
            Run("make-corpus", "--out", folder["corpus"], "--artists", "2", "--clips", "1", "--seconds", "1", "--tracks", $"{Tracks}", "--quiet");
            Run("ingest-msd", "--root", Corpus("msd"), "--out-recordings", folder["recordings.parquet"], "--out-segments", folder["segments.parquet"], "--quiet");
            Recordings = [.. TableReader<Recording>.Open(folder["recordings.parquet"]).Read(CancellationToken.None)];
            Segments = [.. TableReader<Segments>.Open(folder["segments.parquet"]).Read(CancellationToken.None)];
        }

        public Recording[] Recordings { get; }

        public Segments[] Segments { get; }

        public string Corpus(params string[] parts) => Path.Combine([folder["corpus"], .. parts]);

        public void Dispose() => folder.Dispose();

        private static void Run(string stage, params string[] arguments)
        {
            CommandResult result = Command.Stage(stage, arguments);
            Assert.True(result.ExitCode == 0, result.Errors);
        }
    }
}
