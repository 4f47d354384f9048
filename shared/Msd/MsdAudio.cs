namespace Pipeline.Msd;

/// <summary>
/// A recording's samples, for a song file that carries them besides the dataset's own arrays: <c>/audio/samples</c>, frames x
/// channels, with the attribute <c>sample_rate</c>.
/// </summary>
/// <param name="Samples">Samples, frame after frame; 1 is full scale.</param>
/// <param name="Channels">Channels.</param>
/// <param name="SampleRate">Frames per second.</param>
public sealed record MsdAudio(float[] Samples, int Channels, int SampleRate);
