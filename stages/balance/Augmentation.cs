using System.Text.Json.Nodes;
using Pipeline.Cli;
using Pipeline.Datasets;
using Pipeline.Recipes;
using Pipeline.Tables;

namespace Pipeline.Stages.Balancing;

/// <summary>
/// How the copies of a recording differ from it. Each value is drawn by the copy's name, and rounded to what a reader of the
/// plan can tell apart.
/// </summary>
/// <param name="PitchSemitones">Greatest shift of pitch in semitones, up or down; 0 for none.</param>
/// <param name="Stretch">Greatest factor of speed, faster or slower; 1 for none.</param>
/// <param name="GainDb">Greatest change of level in decibels, up or down; 0 for none.</param>
/// <param name="NoiseSnrDb">Level of the music above the loudest noise in decibels; null for no noise.</param>
/// <param name="Crop">Least share of the piece that a copy keeps; 1 for the whole.</param>
/// <param name="MostCopies">The most copies of a recording.</param>
internal sealed record Augmentation(double PitchSemitones, double Stretch, double GainDb, double? NoiseSnrDb, double Crop, int MostCopies)
{
    /// <summary>The name that stands for no copies at all.</summary>
    public const string NoCopies = "none";

    private const string Repeat = "repeat";
    private const double NoiseRangeDb = 20;

    // As much as extract-features is willing to do.
    private const double MostSemitones = 48;
    private const double MostStretch = 16;
    private const double MostDb = 200;

    private static readonly string[] Names = ["pitch", "stretch", "gain", "noise", "crop"];

    /// <summary>Whether copies are the recordings again.</summary>
    public bool IsRepetition => this is { PitchSemitones: 0, Stretch: 1, GainDb: 0, NoiseSnrDb: null, Crop: 1 };

    /// <summary>All values, as a recipe gives them.</summary>
    public string Json => new JsonObject
    {
        ["pitch_semitones"] = PitchSemitones,
        ["stretch"] = Stretch,
        ["gain_db"] = GainDb,
        ["noise_snr_db"] = NoiseSnrDb,
        ["crop"] = Crop,
        ["most_copies"] = MostCopies,
    }.ToJsonString();

    /// <summary>Reads a recipe's section.</summary>
    public static Augmentation Read(RecipeSection section)
    {
        var augmentation = new Augmentation(
            section.Number("pitch_semitones", 0, 0, MostSemitones),
            section.Number("stretch", 1, 1, MostStretch),
            section.Number("gain_db", 0, 0, MostDb),
            section.NumberOrNone("noise_snr_db", null, -MostDb, MostDb - NoiseRangeDb),
            section.Number("crop", 1, 0.01, 1),
            section.Int("most_copies", 8, least: 1));
        section.Finish();
        return augmentation;
    }

    /// <summary>What is wrong with a list of changes' names; null for nothing.</summary>
    public static string? FindFault(string[] names)
    {
        if (names is [NoCopies] or [Repeat])
        {
            return null;
        }

        string[] known = [.. Names, Repeat, NoCopies];
        foreach (string name in names)
        {
            if (!known.Contains(name))
            {
                string hint = NearestName.Of(name, known) is { } nearest ? $" (did you mean '{nearest}'?)" : "";
                return $"needs names such as pitch,gain, of {string.Join(", ", known)}, not '{name}'{hint}";
            }

            if (!Names.Contains(name))
            {
                return $"has '{name}' beside others: it stands alone";
            }
        }

        return null;
    }

    /// <summary>The named changes alone. One that the recipe does without has a mild range.</summary>
    public Augmentation Only(string[] names) => new(
        names.Contains("pitch") ? PitchSemitones > 0 ? PitchSemitones : 1 : 0,
        names.Contains("stretch") ? Stretch > 1 ? Stretch : 1.05 : 1,
        names.Contains("gain") ? GainDb > 0 ? GainDb : 6 : 0,
        names.Contains("noise") ? NoiseSnrDb ?? 20 : null,
        names.Contains("crop") ? Crop < 1 ? Crop : 0.8 : 1,
        MostCopies);

    /// <summary>A copy of a recording.</summary>
    /// <param name="original">The example that is the recording itself.</param>
    /// <param name="copy">Number of the copy, from 1.</param>
    /// <param name="isChangeable">False for a picture, which can only be repeated.</param>
    /// <param name="seed">Seed of the lots.</param>
    public Example Copy(Example original, int copy, bool isChangeable, ulong seed)
    {
        string id = $"{original.RecordingId}#{copy}";
        Example repeated = original with { ExampleId = id, Copy = copy, Seed = (long)(Lot.Draw(seed, id + "/seed") >> 1) };
        if (!isChangeable || IsRepetition)
        {
            return repeated;
        }

        (double offset, double length) = Part(original.LengthS, Crop + (1 - Crop) * Lot.Share(seed, id + "/length"), Lot.Share(seed, id + "/offset"));
        return repeated with
        {
            OffsetS = offset,
            LengthS = length,
            PitchSemitones = (float)Rounded(PitchSemitones * Either("/pitch"), 2, -PitchSemitones, PitchSemitones),
            Stretch = (float)Rounded(Math.Pow(Stretch, Either("/stretch")), 3, 1 / Stretch, Stretch),
            GainDb = (float)Rounded(GainDb * Either("/gain"), 1, -GainDb, GainDb),
            NoiseSnrDb = NoiseSnrDb is { } least ? (float)Rounded(least + NoiseRangeDb * Lot.Share(seed, id + "/noise"), 1, least, least + NoiseRangeDb) : null,
        };

        double Either(string what) => 2 * Lot.Share(seed, id + what) - 1;
    }

    // Rounding must not lead out of the range.
    private static double Rounded(double value, int digits, double least, double most) => Math.Clamp(Math.Round(value, digits), least, most);

    // In whole milliseconds, the last of the piece left alone, so that no rounding leads beyond its end.
    private static (double Offset, double Length) Part(double duration, double share, double place)
    {
        double milliseconds = Math.Floor(duration * 1000) - 1;
        double length = Math.Floor(milliseconds * share);
        return share >= 1 || length < 1 ? (0, duration) : (Math.Floor((milliseconds - length) * place) / 1000, length / 1000);
    }
}
