using Xunit;

namespace Pipeline.Tests;

/// <summary>Files of the repository, and those that may lie beside it: tests that need the latter are skipped where they are not.</summary>
internal static class RepositoryFiles
{
    /// <summary>The folder of Pipeline.sln.</summary>
    public static string Root { get; } = FindRoot();

    /// <summary>The path of a file of the repository.</summary>
    public static string Find(params string[] parts) => Path.Combine([Root, .. parts]);

    /// <summary>The path of a folder of data beside the repository, or null where it is absent.</summary>
    public static string? FindData(string folder)
    {
        string path = Path.GetFullPath(Path.Combine(Root, "..", "shared", "data", folder));
        return Directory.Exists(path) ? path : null;
    }

    /// <summary>The path of a folder of data beside the repository; skips the test where it is absent.</summary>
    public static string NeedData(string folder)
    {
        string? path = FindData(folder);
        Assert.SkipWhen(path is null, $"'../shared/data/{folder}' is not there; it is not part of the repository");
        return path!;
    }

    private static string FindRoot()
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            if (File.Exists(Path.Combine(folder.FullName, "Pipeline.sln")))
            {
                return folder.FullName;
            }
        }

        throw new InvalidOperationException($"{AppContext.BaseDirectory} is not within the repository");
    }
}
