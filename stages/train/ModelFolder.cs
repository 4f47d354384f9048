using Pipeline.Cli;
using Pipeline.Models;

namespace Pipeline.Stages.Training;

/// <summary>
/// The folder of a model in the making. The checkpoints are written while it is trained; an earlier model in the folder stays
/// until the new one is complete. A model is there when <c>model.json</c> is, which names the hash of the weights beside it.
/// </summary>
internal sealed class ModelFolder : IDisposable
{
    private const string Checkpoints = "checkpoints";
    private const string Lock = "training.lock";

    private static readonly string[] Own =
        [Model.DescriptionFile, Model.WeightsFile, HistoryFile, CurvesFile, SpoolFile, Checkpoints, Lock];

    private readonly string path;
    private readonly FileStream alone;

    /// <summary>Takes the folder, so that no other training does.</summary>
    /// <exception cref="StageException">It holds what no training wrote, or another one is at work in it.</exception>
    public ModelFolder(string path)
    {
        this.path = path;
        if (path.Length == 0)
        {
            throw new StageException("--out is empty: name a folder");
        }

        if (File.Exists(path))
        {
            throw new StageException($"'{path}' is a file: name a folder with --out");
        }

        Directory.CreateDirectory(path);
        string? foreign = Directory.EnumerateFileSystemEntries(path).Select(e => Path.GetFileName(e)).Order(StringComparer.Ordinal)
            .FirstOrDefault(e => !Own.Contains(Path.GetExtension(e) is ".part" or ".kept" ? e[..^5] : e)); // make puts aside what is made anew
        if (foreign is not null)
        {
            throw new StageException($"the folder '{path}' holds '{foreign}', which train did not write: name another with --out, or move it away");
        }

        try
        {
            alone = new FileStream(Path.Combine(path, Lock), FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None, 1, FileOptions.DeleteOnClose);
        }
        catch (IOException) when (File.Exists(Path.Combine(path, Lock)))
        {
            throw new StageException($"another training is at work in '{path}': wait for it, or name another folder with --out");
        }

        Directory.CreateDirectory(Path.Combine(path, Checkpoints));
    }

    /// <summary>The epochs of all networks.</summary>
    public const string HistoryFile = "history.csv";

    /// <summary>The picture of them.</summary>
    public const string CurvesFile = "curves.svg";

    private const string SpoolFile = "windows.tmp";

    /// <summary>Where windows are kept that do not go into memory.</summary>
    public string Spool => Path.Combine(path, SpoolFile);

    /// <summary>A file of the folder.</summary>
    public string this[string name] => Path.Combine(path, name);

    /// <summary>The state of a network's training.</summary>
    public string Checkpoint(ulong seed) => Path.Combine(path, Checkpoints, $"seed-{seed}.safetensors");

    /// <summary>Removes the checkpoints of another training.</summary>
    public void Clear()
    {
        foreach (string file in Directory.GetFiles(Path.Combine(path, Checkpoints)))
        {
            File.Delete(file);
        }
    }

    /// <inheritdoc/>
    public void Dispose() => alone.Dispose();
}
