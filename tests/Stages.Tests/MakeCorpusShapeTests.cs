using System.Runtime.InteropServices;
using System.Security.Cryptography;
using System.Text;
using Pipeline.Audio;
using Pipeline.Pictures;
using Xunit;

namespace Pipeline.Tests;

/// <summary>The shapes of make-corpus: what each puts where, and which options it refuses.</summary>
public sealed class MakeCorpusShapeTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public void The_usual_shape_is_what_it_was_before_there_were_others()
    {
        Make("--seed", "3", "--genres", "classical,pop", "--artists", "1", "--clips", "1", "--seconds", "1", "--tracks", "4", "--track-seconds", "1");
        var tree = new StringBuilder();
        // Not the analyses: their last digits may follow the processor's vectors.
        foreach (string file in Files("*.*").Where(f => f != "corpus.json" && !f.EndsWith(".h5", StringComparison.Ordinal)))
        {
            tree.Append(Convert.ToHexStringLower(SHA256.HashData(File.ReadAllBytes(In(file))))).Append("  ./").Append(file).Append('\n');
        }

        Assert.Equal("3389688b12a69c13df9dd2d62e32d6ebc0f354cc464f8a4a26d36c496eaa43c5", Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(tree.ToString()))));
    }

    [Fact]
    public void Clips_alone_are_the_usual_ones_without_song_files()
    {
        Make("--shape", "gtzan", "--genres", "pop", "--artists", "1", "--clips", "1", "--seconds", "1", "--no-faults");
        Assert.Equal(["corpus.json", "gtzan/artists.csv", "gtzan/faults.csv", "gtzan/genres/pop/pop.00000.wav"], Files("*.*"));
        byte[] alone = File.ReadAllBytes(In("gtzan/genres/pop/pop.00000.wav"));
        Make("--genres", "pop", "--artists", "1", "--clips", "1", "--seconds", "1", "--no-faults", "--tracks", "0");
        Assert.Equal(File.ReadAllBytes(In("gtzan/genres/pop/pop.00000.wav")), alone);
    }

    [Fact]
    public void Parts_are_the_clips_cut_and_share_their_titles_and_another_shape_replaces_them()
    {
        string[] small = ["--genres", "pop", "--artists", "1", "--clips", "2", "--seconds", "4"];
        Make([.. small, "--shape", "parts", "--part-seconds", "1.5"]);
        string[] parts = Files("*.wav");
        Assert.Equal([.. from clip in (string[])["00000", "00001"] from part in (int[])[0, 1] select $"parts/genres/pop/pop.{clip}.{part}.wav"], parts);
        short[] sound = [.. parts[..2].SelectMany(Samples)];
        string[][] rows = [.. File.ReadAllLines(In("parts/artists.csv")).Select(line => line.Split(','))];
        Assert.Equal(["file", "artist", "title"], rows[0]);
        Assert.Equal(parts.Select(p => p["parts/genres/".Length..]), rows[1..].Select(r => r[0]));
        Assert.Equal(rows[1][2], rows[2][2]);
        Assert.NotEqual(rows[2][2], rows[3][2]);

        // What was there before, of another shape, is replaced.
        Make([.. small, "--shape", "gtzan", "--no-faults"]);
        Assert.Equal(["corpus.json", "gtzan"], Tops());
        Assert.Contains("\"shape\": \"gtzan\"", File.ReadAllText(In("corpus.json")), StringComparison.Ordinal);
        Assert.Equal(Samples("gtzan/genres/pop/pop.00000.wav")[..sound.Length], sound);
    }

    [Fact]
    public void Pieces_of_games_are_whole_and_a_game_has_some_of_each_class()
    {
        Make("--shape", "game-music", "--genres", "Battle,Menu", "--artists", "1", "--clips", "1");
        Assert.Equal(["corpus.json", "faults.csv", "games.csv", "songs"], Tops());
        string[] songs = [.. Files("*.wav").Select(f => f["songs/".Length..])];
        Assert.Equal(songs, Column("games.csv", 0));
        Assert.Single(Column("games.csv", 1).Distinct());
        string[] faults = Column("faults.csv", 0), good = [.. songs.Except(faults)];
        Assert.Equal(8, faults.Length);
        Assert.Equal(["Battle", "Menu"], good.Select(song => song.Split('/')[0]));
        Assert.All(good, song => Assert.InRange(AudioFile.Read(In($"songs/{song}")).DurationS, 10, 42));
    }

    [Fact]
    public void Regions_are_of_very_unequal_size_and_stored_in_many_ways_which_all_are_read()
    {
        Make("--shape", "regions", "--artists", "1", "--clips", "6", "--no-faults");
        string[] files = Column("composers.csv", 0);
        Assert.Equal(Files("*.wav").Select(f => f["regions/".Length..]), files);
        Assert.Equal(
            [("Citadel", 1), ("Coast", 6), ("Desert", 2), ("Highlands", 3), ("Marsh", 1)],
            files.GroupBy(f => f.Split('/')[0]).Select(g => (g.Key, g.Count())));
        Assert.Equal(5, Column("composers.csv", 1).Distinct().Count());

        Sound[] sounds = [.. files.Select(f => AudioFile.Read(In($"regions/{f}")))];
        Assert.All(sounds, sound => Assert.Null(sound.Damage));
        Assert.All(sounds, sound => Assert.InRange(sound.Samples.Max(Math.Abs), 0.02f, 1));
        Assert.All(sounds, sound => Assert.InRange(sound.DurationS, 4, 45));
        Assert.True(sounds.Select(sound => (sound.SampleRate, sound.Channels)).Distinct().Count() >= 4);
    }

    [Fact]
    public void Pictures_are_drawn_with_margins_in_the_colours_of_viridis()
    {
        Make("--shape", "pictures", "--genres", "pop", "--artists", "1", "--clips", "1", "--seconds", "2");
        Assert.Equal(["artists.csv", "corpus.json", "images/pop/pop.00000.png"], Files("*.*"));
        Picture picture = PngReader.Read(In("images/pop/pop.00000.png"));
        Assert.Equal((432, 288), (picture.Width, picture.Height));
        PictureArea plot = new MarginCrop().Find(picture);
        Assert.Equal(new PictureArea(54, 35, 335, 217), plot);
        (Picture values, float distance) = ColourMap.Viridis.Invert(picture.Crop(plot));
        Assert.InRange(distance, 0, 0.01f);
        Assert.InRange(values.Samples.Max() - values.Samples.Min(), 0.5f, 1);
        // Most of a song's energy is in its lower half.
        Assert.True(values.Row(180).ToArray().Average() > values.Row(5).ToArray().Average());
    }

    [Theory]
    [InlineData("gtzan", "--tracks", "5", "--tracks has no meaning for --shape gtzan: leave it out, or name one of gtzan-msd")]
    [InlineData("regions", "--seconds", "5", "--seconds has no meaning for --shape regions: leave it out, or name one of gtzan-msd, gtzan, parts, pictures")]
    [InlineData("gtzan", "--part-seconds", "5", "--part-seconds has no meaning for --shape gtzan: leave it out, or name one of parts")]
    [InlineData("pictures", "--format", "au", "--format has no meaning for --shape pictures: leave it out, or name one of gtzan-msd, gtzan, parts")]
    [InlineData("parts", "--part-seconds", "31", "--part-seconds needs no more than the 30 s of a clip, not '31'")]
    [InlineData("game-music", "--genres", "Battle,blues", "there is no genre 'blues'; there are Battle, Boss, Dungeon, Ending, Menu, Overworld, Town")]
    public void An_option_that_does_not_fit_the_shape_is_refused(string shape, string option, string value, string sentence)
    {
        StageRun.Fail(2, sentence, "make-corpus", "--shape", shape, "--out", folder["corpus"], option, value);
        Assert.False(Path.Exists(folder["corpus"]));
    }

    private void Make(params string[] options) => StageRun.Succeed("make-corpus", ["--out", folder["corpus"], "--quiet", .. options]);

    private string In(string file) => Path.Combine(folder["corpus"], file);

    private string[] Files(string pattern) =>
        [.. Directory.GetFiles(folder["corpus"], pattern, SearchOption.AllDirectories).Select(f => Path.GetRelativePath(folder["corpus"], f)).Order(StringComparer.Ordinal)];

    private string[] Tops() => [.. Directory.GetFileSystemEntries(folder["corpus"]).Select(e => Path.GetFileName(e)).Order(StringComparer.Ordinal)];

    private string[] Column(string list, int column) => [.. File.ReadAllLines(In(list)).Skip(1).Select(line => line.Split(',')[column])];

    private short[] Samples(string file)
    {
        byte[] wav = File.ReadAllBytes(In(file));
        return MemoryMarshal.Cast<byte, short>(wav.AsSpan(44)).ToArray();
    }
}
