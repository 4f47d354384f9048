using Pipeline.Dsp.Segments;
using Xunit;

namespace Pipeline.Tests.Dsp.Segments;

public sealed class KeyEstimateTests
{
    public static TheoryData<int> Keys => [.. Enumerable.Range(0, 12)];

    [Theory, MemberData(nameof(Keys))]
    public void A_major_progression_has_its_key(int tonic)
    {
        KeyEstimate found = Play(tonic, [[0, 4, 7], [5, 9, 12], [7, 11, 14], [0, 4, 7], [9, 12, 16], [5, 9, 12], [7, 11, 14], [0, 4, 7]]);
        Assert.Equal((tonic, 1), (found.Key, found.Mode));
        Assert.InRange(found.KeyConfidence, 0.3, 1);
        Assert.InRange(found.ModeConfidence, 0.3, 1);
    }

    [Theory, MemberData(nameof(Keys))]
    public void A_minor_progression_has_its_key(int tonic)
    {
        KeyEstimate found = Play(tonic, [[0, 3, 7], [5, 8, 12], [7, 10, 14], [0, 3, 7], [8, 12, 15], [5, 8, 12], [7, 10, 14], [0, 3, 7]]);
        Assert.Equal((tonic, 0), (found.Key, found.Mode));
    }

    [Fact]
    public void Transposed_pitches_have_the_key_transposed_and_the_same_confidence()
    {
        var random = new Random(5);
        float[] pitches = [.. Enumerable.Range(0, 60).Select(_ => random.NextSingle())];
        float[] durations = [0.2f, 0.3f, 0.1f, 0.5f, 0.4f];
        KeyEstimate first = KeyEstimate.Of(pitches, durations);
        float[] moved = [.. Enumerable.Range(0, 60).Select(i => pitches[i / 12 * 12 + (i + 12 - i / 12 * 12 - 5) % 12])];
        KeyEstimate second = KeyEstimate.Of(moved, durations);
        Assert.Equal(((first.Key + 5) % 12, first.Mode), (second.Key, second.Mode));
        Assert.Equal(first.KeyConfidence, second.KeyConfidence, 1e-9);
        Assert.Equal(first.ModeConfidence, second.ModeConfidence, 1e-9);
    }

    [Fact]
    public void Nothing_and_silence_have_no_sure_key()
    {
        var unsure = new KeyEstimate(0, 0, 1, 0);
        Assert.Equal(unsure, KeyEstimate.Of([], []));
        Assert.Equal(unsure, KeyEstimate.Of([.. Enumerable.Repeat(1f, 24)], [1, 1]));
        Assert.Equal(unsure, KeyEstimate.Of([.. Enumerable.Range(0, 12).Select(i => i / 12f)], [0]));
    }

    [Fact]
    public void Lengths_that_do_not_fit_are_refused() => Assert.Throws<ArgumentOutOfRangeException>(() => KeyEstimate.Of(new float[12], [1, 1]));

    private static KeyEstimate Play(int tonic, int[][] chords)
    {
        const double seconds = 0.35;
        float[] sound = [.. chords.SelectMany(c => Tones.Chord(seconds, [.. c.Select(n => 55.0 + (tonic + 5) % 12 + n), 43 + (tonic + 5) % 12 + c[0]]))];
        float[] starts = [.. Enumerable.Range(0, chords.Length).Select(i => (float)(i * seconds))];
        float[] pitches = new SegmentPitches(Tones.Rate).Compute(sound, starts, chords.Length * seconds);
        return KeyEstimate.Of(pitches, [.. starts.Select(_ => (float)seconds)]);
    }
}
