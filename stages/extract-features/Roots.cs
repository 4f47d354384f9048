using Pipeline.Cli;
using Pipeline.Tables;

namespace Pipeline.Stages.FeatureExtraction;

/// <summary>Where the recordings' files are: <c>DIR</c> for all, or <c>SOURCE=DIR</c> for those of one dataset.</summary>
internal sealed class Roots
{
    private readonly Dictionary<string, string> bySource = [];
    private readonly string? all;

    /// <summary>Takes the folders as they were typed.</summary>
    /// <exception cref="StageException">One is no folder, or two are for the same recordings.</exception>
    public Roots(IEnumerable<string> given)
    {
        foreach (string text in given)
        {
            int equals = text.IndexOf('=', StringComparison.Ordinal);
            bool isForAll = equals <= 0 || Directory.Exists(text);
            string folder = isForAll ? text : text[(equals + 1)..];
            if (!Directory.Exists(folder))
            {
                throw new StageException($"there is no folder '{folder}': --root is what the stage that made the recordings had as --root");
            }

            if (isForAll ? all is not null : !bySource.TryAdd(text[..equals], folder))
            {
                throw new StageException($"--root is given twice for {(isForAll ? "all recordings" : $"'{text[..equals]}'")}: write SOURCE=DIR, once for each source");
            }

            all = isForAll ? folder : all;
        }
    }

    /// <summary>The file of a recording.</summary>
    /// <exception cref="StageException">No folder was given for it.</exception>
    public string FileOf(Recording recording) =>
        bySource.TryGetValue(recording.Source, out string? folder) || (folder = all) is not null
            ? Path.Combine(folder, recording.Path)
            : throw new StageException($"the file of {recording.RecordingId} is needed: give --root {recording.Source}=DIR, the folder that its path starts from");
}
