namespace Pipeline.Audio;

/// <summary>Which files of a folder are taken for sound.</summary>
public static class SoundFiles
{
    private static readonly HashSet<string> Extensions = new(StringComparer.OrdinalIgnoreCase)
    {
        ".wav", ".wave", ".bwf", ".w64", ".rf64", ".au", ".snd", ".aif", ".aiff", ".aifc", ".caf", ".flac", ".ogg", ".oga", ".opus", ".mp3", ".mp2",
        ".m4a", ".m4b", ".mp4", ".aac", ".wma", ".ape", ".wv", ".mka", ".webm", ".mpc", ".tta", ".ac3", ".dts", ".amr", ".3gp",
    };

    /// <summary>Whether a file is named like sound, or holds some.</summary>
    /// <param name="file">Its path.</param>
    /// <param name="useFfmpeg">Whether one counts that only ffmpeg may read.</param>
    public static bool Has(string file, bool useFfmpeg)
    {
        if (Extensions.Contains(Path.GetExtension(file)))
        {
            return true;
        }

        try
        {
            using AudioReader reader = AudioReader.Open(file);
            return reader.Format != AudioFormat.Other || useFfmpeg;
        }
        catch (AudioException)
        {
            return false;
        }
    }
}
