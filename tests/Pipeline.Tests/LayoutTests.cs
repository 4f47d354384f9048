using System.Text.RegularExpressions;
using System.Xml.Linq;
using Xunit;

namespace Pipeline.Tests;

/// <summary>The layers of the design: who may know whom.</summary>
public sealed partial class LayoutTests
{
    private static readonly string[] Projects =
        [.. Directory.GetFiles(Repository.Root, "*.csproj", SearchOption.AllDirectories).Where(p => !p.Contains("node_modules", StringComparison.Ordinal) && !p.Contains("artifacts", StringComparison.Ordinal))];

    [Fact]
    public void Stages_do_not_reference_each_other() =>
        Assert.All(Under("stages"), p => Assert.All(References(p), r => Assert.DoesNotContain("stages/", r, StringComparison.Ordinal)));

    // Features are computed of the tables' rows: that is where signal processing and contracts meet.
    [Fact]
    public void Of_the_libraries_only_features_knows_the_contracts() =>
        Assert.All(
            Under("shared").Where(p => !p.EndsWith("/Features.csproj", StringComparison.Ordinal)),
            p => Assert.All(References(p), r => Assert.DoesNotContain("Tables.csproj", r, StringComparison.Ordinal)));

    [Fact]
    public void Tables_knows_no_more_than_parquet() =>
        Assert.Equal(["../Parquet/Parquet.csproj"], References(Repository.Find("shared", "Tables", "Tables.csproj")));

    [Fact]
    public void Parquet_knows_no_more_than_native_libraries() =>
        Assert.Equal(["../Native/Native.csproj"], References(Repository.Find("shared", "Parquet", "Parquet.csproj")));

    [Fact]
    public void A_stage_is_named_like_its_folder() =>
        Assert.All(Under("stages"), p => Assert.Equal(Path.GetFileName(Path.GetDirectoryName(p)), Path.GetFileNameWithoutExtension(p)));

    [Fact]
    public void Every_project_is_in_the_solution()
    {
        string solution = File.ReadAllText(Repository.Find("Pipeline.sln")).Replace('\\', '/');
        Assert.All(Projects, p => Assert.Contains(Path.GetRelativePath(Repository.Root, p).Replace('\\', '/'), solution, StringComparison.Ordinal));
    }

    [Fact]
    public void Every_project_locks_its_packages() =>
        Assert.All(Projects, p => Assert.True(File.Exists(Path.Combine(Path.GetDirectoryName(p)!, "packages.lock.json")), p));

    [Fact]
    public void No_file_is_a_drawer_for_everything() =>
        Assert.All(Sources(), f => Assert.DoesNotMatch(@"(Utils?|Helpers?|Managers?|Common)\.cs$", f));

    [Fact]
    public void Nothing_is_left_undone_in_the_sources() =>
        Assert.All(Sources(), f => Assert.False(Undone().IsMatch(File.ReadAllText(f)), f));

    private static IEnumerable<string> Under(string layer) =>
        Projects.Where(p => p.StartsWith(Repository.Find(layer) + Path.DirectorySeparatorChar, StringComparison.Ordinal));

    private static string[] References(string project) =>
        [.. XDocument.Load(project).Descendants("ProjectReference").Select(r => r.Attribute("Include")!.Value.Replace('\\', '/'))];

    private static IEnumerable<string> Sources() =>
        ((string[])["stages", "shared", "tests"]).SelectMany(layer => Directory.GetFiles(Repository.Find(layer), "*.cs", SearchOption.AllDirectories));

    // Spelt in two halves, so that this file does not find itself.
    [GeneratedRegex("\\b(TO" + "DO|FIX" + "ME|HA" + "CK)\\b|NotImplemented" + "Exception")]
    private static partial Regex Undone();
}
