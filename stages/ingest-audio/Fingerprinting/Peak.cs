namespace Pipeline.Stages.AudioIngestion.Fingerprinting;

/// <summary>A place of a spectrogram that is louder than all around it.</summary>
/// <param name="Frame">Its time, in hops.</param>
/// <param name="Bin">Its frequency, in bins.</param>
/// <param name="Power">Its power.</param>
internal readonly record struct Peak(int Frame, int Bin, float Power);
