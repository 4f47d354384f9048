using System.Reflection;
using System.Runtime.InteropServices;
using Pipeline.Native;
using Xunit;

namespace Pipeline.Tests.Native;

public sealed partial class NativeLibrariesTests
{
    private static readonly NativeLibraryEntry Nowhere = new("nowhere", "libnowhere.so.9", "libnowhere.9.dylib", "nowhere.dll", "libnowhere9");

    [Fact]
    public void A_library_is_called_by_its_logical_name_after_registering()
    {
        Assert.SkipUnless(NativeLibraries.IsAvailable("zstd"), "libzstd is not installed");
        NativeLibraries.Register(Assembly.GetExecutingAssembly());
        Assert.True(ZSTD_versionNumber() >= 10000);
    }

    [Fact]
    public void Registering_an_assembly_twice_does_nothing()
    {
        NativeLibraries.Register(Assembly.GetExecutingAssembly());
        NativeLibraries.Register(Assembly.GetExecutingAssembly());
    }

    [Fact]
    public void Asking_for_a_library_that_is_not_in_the_table_is_a_mistake_of_the_caller() =>
        Assert.Throws<ArgumentException>(() => NativeLibraries.IsAvailable("nowhere"));

    [Fact]
    public void A_library_that_is_nowhere_is_not_found() =>
        Assert.Equal(0, NativeLibraries.Find(Nowhere, variable: null, AppContext.BaseDirectory));

    [Fact]
    public void The_sentence_for_a_missing_library_names_what_was_tried_and_how_to_install_it()
    {
        string sentence = NativeLibraries.Missing(Nowhere, "/program").Message;
        Assert.Contains(Path.Combine("/program", Nowhere.FileName), sentence);
        Assert.Contains("PIPELINE_NOWHERE", sentence);
        Assert.DoesNotContain("\n", sentence);
        if (OperatingSystem.IsLinux())
        {
            Assert.Contains("apt-get install libnowhere9", sentence);
        }
    }

    [Theory]
    [InlineData("libzstd.so.1", "not a full path")]
    [InlineData("/nowhere/libzstd.so.1", "there is no file")]
    public void A_variable_that_names_no_library_is_an_error_and_not_a_reason_to_look_elsewhere(string value, string says)
    {
        var e = Assert.Throws<MissingLibraryException>(() => NativeLibraries.Find(Nowhere, value, AppContext.BaseDirectory));
        Assert.Contains(says, e.Message);
        Assert.Contains("PIPELINE_NOWHERE", e.Message);
        Assert.Contains(value, e.Message);
    }

    [Fact]
    public void A_variable_that_names_another_kind_of_file_gives_the_loaders_reason_in_one_line()
    {
        string file = Path.GetTempFileName();
        try
        {
            File.WriteAllText(file, "not a library at all, and longer than any header");
            var e = Assert.Throws<MissingLibraryException>(() => NativeLibraries.Find(Nowhere, file, AppContext.BaseDirectory));
            Assert.Contains("does not load (", e.Message);
            Assert.DoesNotContain("\n", e.Message);
            Assert.DoesNotContain("strace", e.Message);
        }
        finally
        {
            File.Delete(file);
        }
    }

    [Fact]
    public void The_variable_wins_over_the_system()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "looks for a library where Linux keeps it");
        string[] folders = ["/usr/lib/x86_64-linux-gnu", "/usr/lib/aarch64-linux-gnu", "/lib64", "/usr/lib64", "/usr/lib"];
        string? zstd = folders.Select(folder => Path.Combine(folder, "libzstd.so.1")).FirstOrDefault(File.Exists);
        Assert.SkipWhen(zstd is null, "libzstd is in none of the usual folders");
        // The entry's own name is nowhere, so that only the variable can have led to it.
        Assert.NotEqual(0, NativeLibraries.Find(Nowhere, zstd, AppContext.BaseDirectory));
    }

    [Fact]
    public void The_programs_folder_comes_before_the_system()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "copies a Linux library");
        string system = "/usr/lib/x86_64-linux-gnu/libzstd.so.1";
        Assert.SkipUnless(File.Exists(system), "libzstd is not where this test looks for it");
        DirectoryInfo folder = Directory.CreateTempSubdirectory();
        try
        {
            File.Copy(system, Path.Combine(folder.FullName, Nowhere.FileName));
            Assert.NotEqual(0, NativeLibraries.Find(Nowhere, variable: null, folder.FullName));
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    [LibraryImport("zstd")]
    private static partial uint ZSTD_versionNumber();
}
