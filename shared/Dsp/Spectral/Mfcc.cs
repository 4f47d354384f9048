namespace Pipeline.Dsp.Spectral;

/// <summary>Mel-frequency cepstral coefficients: the cosine transform of the mel spectrogram in decibels. For one thread at a time.</summary>
public sealed class Mfcc
{
    private readonly LogMel logMel;
    private readonly Dct dct;
    private float[] mel = [];

    /// <summary>Plans it.</summary>
    public Mfcc(MfccSettings settings)
    {
        ArgumentNullException.ThrowIfNull(settings);
        ArgumentOutOfRangeException.ThrowIfNegative(settings.Lifter);
        Settings = settings;
        logMel = new LogMel(settings.LogMel);
        dct = Plan(settings);
    }

    /// <summary>What was asked for.</summary>
    public MfccSettings Settings { get; }

    /// <summary>Frames x coefficients.</summary>
    public FrameMatrix Compute(ReadOnlySpan<float> signal)
    {
        int frames = logMel.FrameCount(signal.Length);
        int values = frames * dct.Inputs;
        if (mel.Length < values)
        {
            mel = new float[values];
        }

        logMel.Compute(signal, mel.AsSpan(0, values));
        var coefficients = new FrameMatrix(frames, dct.Outputs);
        dct.Apply(mel.AsSpan(0, values), coefficients.Values);
        return coefficients;
    }

    /// <summary>The transform of the settings: from bands in decibels to coefficients, lifter included.</summary>
    internal static Dct Plan(MfccSettings settings)
    {
        double lifter = settings.Lifter;
        return Dct.Scaled(
            settings.LogMel.Mel.Bands,
            [.. Enumerable.Range(1, settings.Coefficients).Select(n => lifter == 0 ? 1 : 1 + lifter / 2 * Math.Sin(Math.PI * n / lifter))]);
    }
}
