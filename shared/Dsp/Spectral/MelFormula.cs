namespace Pipeline.Dsp.Spectral;

/// <summary>The formula of the mel scale.</summary>
public enum MelFormula
{
    /// <summary>Slaney's Auditory Toolbox: linear up to 1,000 Hz, logarithmic above; librosa's default.</summary>
    Slaney,

    /// <summary>The Hidden Markov Model Toolkit: 2595 log10(1 + f / 700) (librosa's <c>htk=True</c>).</summary>
    Htk,
}
