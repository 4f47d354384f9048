using Pipeline.Tables;

namespace Pipeline.Features.Changes;

/// <summary>What is done to music to have one more example of it.</summary>
/// <param name="PitchSemitones">Shift of pitch in semitones.</param>
/// <param name="Stretch">Factor of speed, above 0; 2 for twice as fast.</param>
/// <param name="GainDb">Change of level in decibels.</param>
/// <param name="NoiseSnrDb">Level of the music above added white noise in decibels; null for no noise.</param>
/// <param name="Seed">Seed of the noise.</param>
public sealed record Change(float PitchSemitones, float Stretch, float GainDb, float? NoiseSnrDb, long Seed)
{
    private const float MostSemitones = 48;
    private const float MostStretch = 16; // or its inverse
    private const float MostDb = 200;

    /// <summary>Everything as it was.</summary>
    public static Change None { get; } = new(0, 1, 0, null, 0);

    /// <summary>Whether nothing is done.</summary>
    public bool IsNone => PitchSemitones == 0 && Stretch == 1 && GainDb == 0 && NoiseSnrDb is null;

    /// <summary>What an example asks for.</summary>
    public static Change Of(Example example)
    {
        ArgumentNullException.ThrowIfNull(example);
        return new Change(example.PitchSemitones, example.Stretch, example.GainDb, example.NoiseSnrDb, example.Seed);
    }

    /// <summary>Refuses what nobody means: what is left of the music would be nothing, or longer than memory.</summary>
    /// <exception cref="FeatureException">The change is too great, or no number.</exception>
    internal void Check()
    {
        string? beyond =
            !(Math.Abs(PitchSemitones) <= MostSemitones) ? $"a shift of {PitchSemitones} semitones; {MostSemitones} are possible"
            : !(Stretch is >= 1 / MostStretch and <= MostStretch) ? $"a speed of {Stretch}; from {1 / MostStretch} to {MostStretch} is possible"
            : !(Math.Abs(GainDb) <= MostDb) ? $"a change of {GainDb} dB; {MostDb} are possible"
            : NoiseSnrDb is { } snr && !(Math.Abs(snr) <= MostDb) ? $"noise {snr} dB below the music; {MostDb} are possible"
            : null;
        if (beyond is not null)
        {
            throw new FeatureException("unchangeable", beyond);
        }
    }
}
