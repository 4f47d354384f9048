namespace Pipeline.Stages.AudioIngestion.Fingerprinting;

/// <summary>Two neighbouring peaks of a spectrogram: what they are, whatever the gain, and when.</summary>
/// <param name="Hash">Frequencies of the two and the time between them, in <see cref="Landmarks.HashBits"/> bits.</param>
/// <param name="Frame">Place of the first.</param>
internal readonly record struct Landmark(uint Hash, int Frame);
