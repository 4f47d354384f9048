using Pipeline.Dsp.Segments;
using Xunit;

namespace Pipeline.Tests.Dsp.Segments;

public sealed class SegmentPitchesTests
{
    private const int Rate = 22_050;
    private readonly SegmentPitches pitches = new(Rate);

    public static TheoryData<int> Notes => [.. Enumerable.Range(48, 24)];

    [Theory, MemberData(nameof(Notes))]
    public void A_note_with_overtones_is_its_own_class(int midi)
    {
        float[] row = pitches.Compute(Tones.Chord(0.4, midi), [0], 0.4);
        Assert.Equal(midi % 12, Array.IndexOf(row, row.Max()));
        Assert.Equal(1, row[midi % 12]);
        Assert.All(row.Where((_, c) => (c - midi + 24) % 12 is 2 or 3 or 5 or 6 or 8 or 9 or 10), p => Assert.InRange(p, 0, 0.2));
    }

    [Theory]
    [InlineData(0.1)]
    [InlineData(0.25)]
    [InlineData(0.6)]
    [InlineData(1.5)]
    public void The_notes_of_a_chord_stand_out_at_every_length(double seconds)
    {
        float[] row = pitches.Compute(Tones.Chord(seconds, 60, 64, 67), [0], seconds);
        Assert.Equal([0, 4, 7], Enumerable.Range(0, 12).OrderByDescending(c => row[c]).Take(3).Order());
    }

    [Theory]
    [InlineData(-20)]
    [InlineData(20)]
    public void So_they_do_out_of_tune(double cents)
    {
        float[] row = pitches.Compute(Tones.Chord(0.3, 57 + cents / 100, 61 + cents / 100, 64 + cents / 100), [0], 0.3);
        Assert.Equal([1, 4, 9], Enumerable.Range(0, 12).OrderByDescending(c => row[c]).Take(3).Order());
    }

    [Fact]
    public void A_hiss_over_it_does_not_hide_a_chord()
    {
        var random = new Random(1);
        float[] sound = [.. Tones.Chord(0.3, 62, 66, 69).Select(s => s + 0.2f * (2 * random.NextSingle() - 1))];
        float[] row = pitches.Compute(sound, [0], 0.3);
        Assert.Equal([2, 6, 9], Enumerable.Range(0, 12).OrderByDescending(c => row[c]).Take(3).Order());
    }

    [Fact]
    public void Each_segment_is_heard_by_itself()
    {
        float[] sound = [.. Tones.Chord(0.5, 60), .. Tones.Chord(0.3, 62), .. Tones.Chord(0.4, 71)];
        float[] found = pitches.Compute(sound, [0, 0.5f, 0.8f], 1.2);
        Assert.Equal(36, found.Length);
        Assert.Equal((1f, 1f, 1f), (found[0], found[12 + 2], found[24 + 11]));
        Assert.Equal(found[12..24], pitches.Compute(Tones.Chord(0.3, 62), [0], 0.3));
    }

    [Fact]
    public void Loudness_does_not_matter()
    {
        float[] sound = Tones.Chord(0.3, 60, 63, 67);
        float[] quiet = pitches.Compute([.. sound.Select(s => s / 1024)], [0], 0.3);
        float[] loud = pitches.Compute(sound, [0], 0.3);
        Assert.All(Enumerable.Range(0, 12), c => Assert.Equal(loud[c], quiet[c], 1e-4));
    }

    [Fact]
    public void Power_is_compressed_as_the_settings_say()
    {
        // Two sines, one of half the power.
        var exact = new SegmentPitches(new PitchSettings { Exponent = 1 });
        float[] sound = [.. Enumerable.Range(0, 16_384).Select(i => (float)(Math.Sin(2 * Math.PI * 440 * i / Rate) + Math.Sqrt(0.5) * Math.Sin(2 * Math.PI * 523.25 * i / Rate)))];
        double seconds = sound.Length / (double)Rate;
        float powers = exact.Compute(sound, [0], seconds)[0];
        Assert.InRange(powers, 0.4, 0.6);
        Assert.Equal(Math.Pow(powers, new PitchSettings().Exponent), pitches.Compute(sound, [0], seconds)[0], 1e-4);
    }

    [Fact]
    public void Silence_is_every_class_alike()
    {
        Assert.All(pitches.Compute(new float[Rate], [0, 0.5f], 1), p => Assert.Equal(1, p));
        Assert.All(pitches.Compute([], [0], 0), p => Assert.Equal(1, p));
        Assert.Empty(pitches.Compute(new float[100], [], 0));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(37)]
    [InlineData(700)]
    public void The_shortest_segments_and_starts_beyond_the_end_are_finite(int samples)
    {
        float[] found = pitches.Compute(Tones.Chord(1, 60).AsSpan(0, samples), [0, samples / 2f / Rate, 5], 6);
        Assert.All(found, p => Assert.InRange(p, 0, 1));
        Assert.All(Enumerable.Range(0, 3), i => Assert.Equal(1, found[(i * 12)..(i * 12 + 12)].Max()));
    }
}
