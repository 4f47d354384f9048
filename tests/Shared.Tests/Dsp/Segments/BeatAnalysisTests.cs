using Pipeline.Dsp;
using Pipeline.Dsp.Segments;
using Xunit;

namespace Pipeline.Tests.Dsp.Segments;

public sealed class BeatAnalysisTests
{
    private readonly AuditorySpectrogram spectrogram = new(new AuditorySettings());
    private readonly BeatAnalysis analysis = new();

    [Theory]
    [InlineData(85)]
    [InlineData(100)]
    [InlineData(120)]
    [InlineData(133.3)]
    [InlineData(150)]
    public void Beats_lie_where_the_drums_are_struck(double tempo)
    {
        BeatGrid found = Analyse(Tones.Drums(tempo, 4, 2, 20));
        Assert.Equal(tempo, found.Tempo, 0.01 * tempo);
        double beat = 60 / tempo;
        double[] errors = [.. found.BeatsStart.Select(b => b - (0.2 + Math.Round((b - 0.2) / beat) * beat))];
        Assert.All(errors, e => Assert.InRange(e, -0.025, 0.025));
        Assert.InRange(errors.Average(), -0.01, 0.01);
        Assert.InRange(found.BeatsStart.Length, (int)(19.8 / beat) - 3, (int)(19.8 / beat) + 1);
    }

    [Theory]
    [InlineData(3)]
    [InlineData(4)]
    public void Bars_begin_with_the_kick(int beatsPerBar)
    {
        const double tempo = 112, beat = 60 / tempo;
        BeatGrid found = Analyse(Tones.Drums(tempo, beatsPerBar, 2, 25));
        Assert.Equal(beatsPerBar, found.TimeSignature);
        Assert.InRange(found.TimeSignatureConfidence, 0.5, 1);
        Assert.All(found.BarsStart, b => Assert.Equal(0, Math.IEEERemainder(b - 0.2, beatsPerBar * beat), 0.03));
        Assert.Superset(found.BarsStart.ToHashSet(), found.BeatsStart.ToHashSet());
        Assert.InRange(found.BarsConfidence.Average(), 0.2, 1);
    }

    [Theory]
    [InlineData(2, 120)]
    [InlineData(3, 100)]
    [InlineData(4, 112)]
    public void Tatums_divide_the_beats_as_the_hats_do(int parts, double tempo)
    {
        BeatGrid found = Analyse(Tones.Drums(tempo, 4, parts, 20));
        Assert.Equal(tempo, found.Tempo, 0.01 * tempo);
        Assert.Equal(parts, (found.TatumsStart.Length - 1) / (found.BeatsStart.Length - 1));
        Assert.Superset(found.BeatsStart.ToHashSet(), found.TatumsStart.ToHashSet());
    }

    [Fact]
    public void A_faster_piece_has_more_beats_of_the_same_kind()
    {
        // The rhythm changes its tempo by a tenth in the middle: beats follow.
        float[] sound = [.. Tones.Drums(110, 4, 2, 12, 0), .. Tones.Drums(121, 4, 2, 12, 0)];
        BeatGrid found = Analyse(sound);
        double[] intervals = [.. found.BeatsStart.Zip(found.BeatsStart.Skip(1), (a, b) => (double)(b - a))];
        Assert.Equal(60 / 110.0, Median(intervals[3..15]), 0.012);
        Assert.Equal(60 / 121.0, Median(intervals[^15..^3]), 0.012);
    }

    [Fact]
    public void A_clear_beat_is_surer_than_noise()
    {
        var random = new Random(3);
        float[] noise = [.. Enumerable.Range(0, 15 * Tones.Rate).Select(_ => 0.3f * (2 * random.NextSingle() - 1))];
        BeatGrid unclear = Analyse(noise), clear = Analyse(Tones.Drums(120, 4, 1, 15));
        Assert.True(clear.BeatsConfidence.Average() > 1.5 * unclear.BeatsConfidence.Average());
        Assert.True(clear.TatumsConfidence.Average() > 1.3 * unclear.TatumsConfidence.Average());
        AssertSound(unclear);
    }

    [Fact]
    public void The_same_sound_gives_the_same_rhythm()
    {
        float[] sound = Tones.Drums(97, 4, 2, 12);
        Assert.Equivalent(Analyse(sound), new BeatAnalysis().Compute(new AuditorySpectrogram(new AuditorySettings()).Compute(sound), spectrogram.FrameRate), strict: true);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(1000)]
    [InlineData(44_000)]
    [InlineData(50_001)]
    [InlineData(200_000)]
    public void Silence_has_no_beats(int samples)
    {
        BeatGrid found = Analyse(new float[samples]);
        Assert.Empty(found.BeatsStart);
        Assert.Equal((0.0, 1), (found.Tempo, found.TimeSignature));
    }

    [Fact]
    public void One_click_has_none_or_few()
    {
        float[] sound = new float[5 * Tones.Rate];
        Tones.Add(sound, 2, Tones.Kick());
        AssertSound(Analyse(sound));
    }

    private static double Median(double[] values) => values.Order().ElementAt(values.Length / 2);

    private BeatGrid Analyse(float[] sound)
    {
        FrameMatrix bands = spectrogram.Compute(sound);
        BeatGrid found = analysis.Compute(bands, spectrogram.FrameRate);
        AssertSound(found);
        return found;
    }

    private static void AssertSound(BeatGrid found)
    {
        Assert.Equal(found.BeatsStart.Length, found.BeatsConfidence.Length);
        Assert.Equal(found.BarsStart.Length, found.BarsConfidence.Length);
        Assert.Equal(found.TatumsStart.Length, found.TatumsConfidence.Length);
        Assert.All((float[])[.. found.BeatsConfidence, .. found.BarsConfidence, .. found.TatumsConfidence], c => Assert.InRange(c, 0, 1));
        Assert.Equal(found.BeatsStart.Order(), found.BeatsStart);
        Assert.True(double.IsFinite(found.Tempo));
        Assert.InRange(found.TimeSignatureConfidence, 0, 1);
    }
}
