using System.Globalization;
using Pipeline.Datasets;
using Pipeline.Tables;

namespace Pipeline.Benchmarks;

/// <summary>
/// A million songs that are none: a table of recordings as of the Million Song Dataset and two files of labels, for measuring
/// the stages between ingestion and features at its size. Artists have as few and as many songs as there; names repeat.
/// </summary>
internal static class ManySongs
{
    private const ulong Seed = 1;
    private const double Tagtraum = 0.4;
    private const double TopMagd = 0.28;
    private const double Disagrees = 0.15;

    private static readonly string[] Genres =
    [
        "Pop_Rock", "Pop_Rock", "Pop_Rock", "Pop_Rock", "Pop_Rock", "Electronic", "Electronic", "Rap", "Jazz", "Latin", "RnB", "International", "Country", "Reggae", "Blues", "Folk", "New Age", "Vocal",
    ];

    /// <summary>Writes <c>recordings.parquet</c>, <c>tagtraum.cls</c> and <c>topmagd.cls</c> into a folder.</summary>
    public static int Write(Arguments args)
    {
        int songs = args.Number("--songs", 1_000_000), artists = args.Number("--artists", 45_000);
        string folder = Directory.CreateDirectory(args.File).FullName;
        using var recordings = TableWriter<Recording>.Create(Path.Combine(folder, "recordings.parquet"), Provenance.Empty);
        using var tagtraum = new StreamWriter(Path.Combine(folder, "tagtraum.cls"));
        using var topMagd = new StreamWriter(Path.Combine(folder, "topmagd.cls"));
        for (int i = 0; i < songs; i++)
        {
            string name = i.ToString(CultureInfo.InvariantCulture);
            string track = string.Create(CultureInfo.InvariantCulture, $"TR{(char)('A' + i % 26)}{(char)('A' + i / 26 % 26)}{(char)('A' + i / 676 % 26)}AA128{Lot.Draw(Seed, name) & 0xFFFFFFFF:X8}");
            double place = Lot.Share(Seed, name + "/artist");
            int artist = (int)(place * place * artists); // the first ones have most songs
            string genre = Genres[(int)(Lot.Draw(Seed, $"genre of {artist}") % (ulong)Genres.Length)];
            recordings.Write(Song(track, i, artist));
            if (Lot.Share(Seed, name + "/tagtraum") < Tagtraum)
            {
                tagtraum.Write($"{track}\t{Said(genre, name + "/t")}\n");
            }

            if (Lot.Share(Seed, name + "/topmagd") < TopMagd)
            {
                topMagd.Write($"{track}\t{Said(genre, name + "/m")}\n");
            }
        }

        recordings.Commit();
        return 0;
    }

    private static string Said(string genre, string name) =>
        Lot.Share(Seed, name) < Disagrees ? Genres[(int)(Lot.Draw(Seed, name + "/other") % (ulong)Genres.Length)] : genre;

    private static Recording Song(string track, int number, int artist) => new(
        $"msd/{track}", "msd", $"{track[2]}/{track[3]}/{track[4]}/{track}.h5", null, $"Song {number % 700_000}", $"Artist {artist % 40_000}",
        $"AR{artist:X16}", 180 + number % 120, 22050, null, null, null, null, null, null, track, $"SO{number % 990_000:X16}",
        $"Album {number % 90_000}", 1960 + number % 50, 120, number % 12, 0.5, number % 2, 0.5, 4, 0.5, -10);
}
