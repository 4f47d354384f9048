using System.Diagnostics;
using Pipeline.Models;
using Xunit;

namespace Pipeline.Tests;

/// <summary>Trainings that are stopped, and go on.</summary>
public class TrainResumeTests
{
    // Long enough to be stopped several times: every epoch that is better is brought to the disk.
    private const string Long = """{ "epochs": 200, "batch": 4, "average": 0.99, "optimiser": { "rate": 0.001 }, "schedule": { "kind": "plateau", "patience": 0 } }""";

    [Fact]
    public void A_training_that_is_killed_again_and_again_ends_with_the_same_bytes()
    {
        using var sample = new TrainSample();
        sample.Features();
        sample.Recipe(training: Long);
        sample.Train("whole");
        int killed = 0;
        foreach (int milliseconds in (int[])[0, 10, 45])
        {
            killed += sample.Signal("killed", "KILL", milliseconds, "--resume") == 137 ? 1 : 0;
        }

        Assert.True(killed >= 2, $"it was killed {killed} times");
        CommandResult rest = StageRun.Succeed("train", sample.Line("killed", "--resume"));
        Assert.Contains("train: seed 0 goes on after epoch ", rest.Errors, StringComparison.Ordinal);
        sample.AssertSame("whole", "killed");
    }

    [Fact]
    public void What_is_interrupted_within_an_epoch_goes_on_as_if_nothing_had_been()
    {
        using var sample = new TrainSample();
        sample.Features();

        // Nearly all of its time goes into batches, which change the weights: it is stopped between two of an epoch.
        sample.Recipe(
            """{ "layers": [{ "layer": "conv", "filters": 48, "kernel": 9 }, { "layer": "conv", "filters": 48, "kernel": 9 }, { "layer": "global-pool" }] }""",
            """{ "epochs": 25, "batch": 2, "optimiser": { "rate": 0.001 } }""");
        sample.Train("whole");
        Assert.Equal(130, sample.Signal("stopped", "INT", 20));
        Assert.False(File.Exists(Path.Combine(sample["stopped"], Model.DescriptionFile)));
        Assert.Equal(["checkpoints"], Directory.EnumerateFileSystemEntries(sample["stopped"]).Select(Path.GetFileName));
        Assert.Equal(130, sample.Signal("stopped", "TERM", 35, "--resume"));
        sample.Train("stopped", "--resume");
        sample.AssertSame("whole", "stopped");
    }

    [Fact]
    public void A_checkpoint_of_another_training_is_not_gone_on_from()
    {
        using var sample = new TrainSample();
        sample.Features();
        sample.Recipe(training: Long);
        sample.Signal("model", "KILL", 0);
        sample.Recipe();
        CommandResult run = StageRun.Succeed("train", sample.Line("model", "--resume"));
        Assert.Contains("train: the checkpoint of seed 0 is of other features, splits, network or settings: it begins anew\n", run.Errors, StringComparison.Ordinal);
        sample.Train("fresh");
        sample.AssertSame("fresh", "model");
    }

    [Fact]
    public void Without_resume_a_training_begins_anew()
    {
        using var sample = new TrainSample();
        sample.Features();
        sample.Recipe();
        sample.Train("once");
        sample.Train("model");
        CommandResult again = StageRun.Succeed("train", sample.Line("model"));
        Assert.DoesNotContain("goes on", again.Errors, StringComparison.Ordinal);
        CommandResult resumed = StageRun.Succeed("train", sample.Line("model", "--resume"));
        Assert.Contains("was trained to its end before: 6 epochs", resumed.Errors, StringComparison.Ordinal);
        sample.AssertSame("once", "model");
    }

    [Fact]
    public void A_damaged_checkpoint_is_told_of_in_a_sentence()
    {
        using var sample = new TrainSample();
        sample.Features();
        sample.Recipe();
        string checkpoint = sample.Checkpoint(Path.GetFileName(sample.Train("refused")));
        File.Delete(Path.Combine(sample["refused"], Model.DescriptionFile));
        byte[] whole = File.ReadAllBytes(checkpoint);
        byte[][] damages =
        [
            whole[..(whole.Length / 2)], [], "this is no checkpoint, but a text"u8.ToArray(),
            Replaced(whole, "\"best_epoch\":\"", "\"best_epoch\":\"9"), Replaced(whole, "\"history\":\"1,", "\"history\":\"1;"), Replaced(whole, "weights.output.bias", "weights.output.bios"),
        ];
        foreach (byte[] damage in damages)
        {
            File.WriteAllBytes(checkpoint, damage);
            CommandResult run = sample.Refuse(1, "seed-0.safetensors cannot be read: leave --resume out to begin anew", "--resume");
            Assert.Equal(damage, File.ReadAllBytes(checkpoint));
            Assert.DoesNotContain("goes on", run.Errors, StringComparison.Ordinal);
        }

        sample.Train("refused");
    }

    [Fact]
    public void A_disk_that_is_full_leaves_the_last_checkpoint()
    {
        using var sample = new TrainSample();
        sample.Features();
        sample.Recipe(training: Long);
        sample.Train("whole");
        Assert.Equal(137, sample.Signal("model", "KILL", 0));
        byte[] before = File.ReadAllBytes(sample.Checkpoint("model"));
        File.Delete(sample.Checkpoint("model") + ".part"); // it may have been killed while it wrote one

        // A file takes whole pages there: the one that there is takes all, and a second one has no room.
        const int Page = 4096;
        CommandResult full = sample.TrainOnSmallDisk("model", (before.Length + Page - 1) / Page * Page, "--resume");
        AssertFull(full, "seed-0.safetensors");
        Assert.Equal(before, File.ReadAllBytes(sample.Checkpoint("after")));
        Assert.Equal(["checkpoints"], Directory.EnumerateFileSystemEntries(sample["after"]).Select(Path.GetFileName));
        Assert.Single(Directory.EnumerateFiles(Path.Combine(sample["after"], "checkpoints")));
        sample.Train("model", "--resume");
        sample.AssertSame("whole", "model");
    }

    [Fact]
    public void Windows_that_do_not_go_onto_the_disk_leave_nothing_behind()
    {
        using var sample = new TrainSample();
        sample.Features();
        sample.Recipe();
        AssertFull(sample.TrainOnSmallDisk("model", 16_384, "--memory", "0"), "windows.tmp");
        Assert.Equal(["checkpoints"], Directory.EnumerateFileSystemEntries(sample["after"]).Select(Path.GetFileName));
    }

    [Fact]
    public void Two_trainings_do_not_share_a_folder()
    {
        using var sample = new TrainSample();
        sample.Features();
        sample.Recipe(training: """{ "epochs": 1000000, "batch": 4 }""");
        using Process first = sample.Start("refused");
        try
        {
            for (int i = 0; i < 500 && !File.Exists(sample.Checkpoint("refused")); i++)
            {
                Thread.Sleep(10);
            }

            sample.Refuse(1, "another training is at work in ");
        }
        finally
        {
            first.Kill();
            first.WaitForExit();
        }

        // The mark that a killed training leaves keeps nobody away.
        sample.Recipe();
        sample.Train("refused");
    }

    private static void AssertFull(CommandResult run, string file)
    {
        string last = run.Errors.Split('\n', StringSplitOptions.RemoveEmptyEntries)[^1];
        Assert.True(run.ExitCode == 1, run.Errors);
        Assert.StartsWith("train: no space left on the disk", last, StringComparison.Ordinal);
        Assert.Contains(file, last, StringComparison.Ordinal);
    }

    private static byte[] Replaced(byte[] bytes, string text, string by)
    {
        int at = bytes.AsSpan().IndexOf(System.Text.Encoding.ASCII.GetBytes(text));
        Assert.True(at > 0, text);
        byte[] changed = [.. bytes[..at], .. System.Text.Encoding.ASCII.GetBytes(by), .. bytes[(at + text.Length)..]];

        // The header has grown by so much.
        BitConverter.TryWriteBytes(changed, BitConverter.ToInt64(bytes) + by.Length - text.Length);
        return changed;
    }
}
