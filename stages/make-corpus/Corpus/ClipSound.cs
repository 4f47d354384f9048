using Pipeline.Stages.MakeCorpus.Composition;
using Pipeline.Stages.MakeCorpus.Synthesis;

namespace Pipeline.Stages.MakeCorpus.Corpus;

/// <summary>The sound of a clip, as samples at <see cref="Samples.Rate"/>, mono.</summary>
internal static class ClipSound
{
    // What the last notes take to fade.
    private const double Ring = 1;

    /// <summary>An excerpt of a song.</summary>
    public static float[] Excerpt(Song song, double seconds, CancellationToken cancel) =>
        Recording.Render(song, Start(song, seconds), (int)Math.Round(seconds * Samples.Rate), cancel);

    /// <summary>The whole song, from its first note until the last has faded.</summary>
    public static float[] Whole(Song song, CancellationToken cancel) =>
        Recording.Render(song, 0, (int)Math.Round((song.Score.Duration + Ring) * Samples.Rate), cancel);

    // Somewhere around a seam of the form, so that a clip has two things to say; never before the first bar or after the last.
    private static double Start(Song song, double seconds)
    {
        Dice dice = song.Dice.Child("excerpt");
        Section[] later = [.. song.Score.Sections.Where(s => s.FirstBar > 0)];
        double seam = song.Score.Bars[dice.Pick(later).FirstBar];
        return Math.Clamp(seam - seconds * dice.Between(0.1, 0.9), 0, Math.Max(0, song.Score.Duration - seconds));
    }
}
