using Pipeline.Stages.MakeCorpus.Composition;
using Pipeline.Stages.MakeCorpus.Synthesis;

namespace Pipeline.Stages.MakeCorpus.Corpus;

/// <summary>The sound of a clip: an excerpt of its song.</summary>
internal static class ClipSound
{
    /// <summary>Samples at <see cref="Samples.Rate"/>, mono.</summary>
    public static float[] Make(Song song, double seconds, CancellationToken cancel) =>
        Recording.Render(song, Start(song, seconds), (int)Math.Round(seconds * Samples.Rate), cancel);

    // Somewhere around a seam of the form, so that a clip has two things to say; never before the first bar or after the last.
    private static double Start(Song song, double seconds)
    {
        Dice dice = song.Dice.Child("excerpt");
        Section[] later = [.. song.Score.Sections.Where(s => s.FirstBar > 0)];
        double seam = song.Score.Bars[dice.Pick(later).FirstBar];
        return Math.Clamp(seam - seconds * dice.Between(0.1, 0.9), 0, Math.Max(0, song.Score.Duration - seconds));
    }
}
