using System.Globalization;
using Pipeline.Cli;
using Pipeline.Nn;
using Pipeline.Nn.Files;

namespace Pipeline.Stages.Training;

/// <summary>
/// All that a training needs to go on as though it had never stopped, in one file: weights, what the optimiser and the schedule remember,
/// the best weights and the history. A file is complete or not there: it is written beside its place, brought to the disk, and renamed.
/// </summary>
internal static class Checkpoint
{
    private const string RunKey = "run";
    private const string HistoryKey = "history";
    private const string BestKey = "best_epoch";
    private const string ScheduleKey = "schedule";

    /// <summary>Writes the state after an epoch.</summary>
    /// <param name="path">The file.</param>
    /// <param name="run">What tells this training from others.</param>
    /// <param name="trainer">The training.</param>
    public static void Write(string path, string run, Trainer trainer)
    {
        var writer = new SafetensorsWriter();
        writer.Describe(RunKey, run);
        writer.Describe(HistoryKey, string.Join('\n', trainer.History.Select(h => h.ToRow())));
        writer.Describe(BestKey, trainer.BestEpoch.ToString(CultureInfo.InvariantCulture));
        writer.Describe(ScheduleKey, string.Join(' ', trainer.Schedule.State.Select(v => v.ToString("R", CultureInfo.InvariantCulture))));
        for (int i = 0; i < trainer.Network.Parameters.Count; i++)
        {
            (string name, Parameter parameter) = trainer.Network.Parameters[i];
            writer.Add($"weights.{name}", parameter);
            writer.Add($"best.{name}", parameter.Shape, trainer.Best[i]);
        }

        AddState(writer, "optimiser", trainer.Optimiser.State);
        writer.Add("optimiser.steps", trainer.Optimiser.Steps);
        if (trainer.Average is { } average)
        {
            AddState(writer, "average", average.State);
            writer.Add("average.steps", average.Updates);
        }

        WholeFile.WriteBytes(path, writer.Write);
    }

    /// <summary>Brings a training to the state of a file.</summary>
    /// <param name="path">The file.</param>
    /// <param name="run">What tells this training from others.</param>
    /// <param name="trainer">The training, which has not begun.</param>
    /// <returns>Whether the file is of this training; of another, nothing is done.</returns>
    /// <exception cref="StageException">It is damaged.</exception>
    public static bool TryRead(string path, string run, Trainer trainer)
    {
        try
        {
            using SafetensorsReader reader = SafetensorsReader.Open(path);
            bool isOwn = reader.Metadata.TryGetValue(RunKey, out string? of) && of == run;
            if (isOwn)
            {
                Read(reader, trainer);
            }

            return isOwn;
        }
        catch (Exception e) when (e is SafetensorsException or FormatException or OverflowException)
        {
            throw new StageException($"the checkpoint {path} cannot be read: leave --resume out to begin anew ({e.Message})");
        }
    }

    private static void Read(SafetensorsReader reader, Trainer trainer)
    {
        for (int i = 0; i < trainer.Network.Parameters.Count; i++)
        {
            (string name, Parameter parameter) = trainer.Network.Parameters[i];
            reader.Read($"weights.{name}", parameter);
            float[] best = reader.Floats($"best.{name}");
            trainer.Best[i] = best.Length == parameter.Length ? best : throw new FormatException($"its tensor best.{name} has {best.Length} numbers");
        }

        ReadState(reader, "optimiser", trainer.Optimiser.State);
        trainer.Optimiser.Steps = reader.Number("optimiser.steps");
        if (trainer.Average is { } average)
        {
            ReadState(reader, "average", average.State);
            average.Updates = reader.Number("average.steps");
        }

        double[] schedule = [.. About(reader, ScheduleKey).Split(' ').Select(v => double.Parse(v, CultureInfo.InvariantCulture))];
        EpochFigures[] history = [.. About(reader, HistoryKey).Split('\n').Select(EpochFigures.Parse)];
        int bestEpoch = int.Parse(About(reader, BestKey), CultureInfo.InvariantCulture);
        if (schedule.Length != trainer.Schedule.State.Count || bestEpoch < 1 || bestEpoch > history.Length)
        {
            throw new FormatException("its history is not whole");
        }

        trainer.Schedule.State = schedule;
        trainer.BestEpoch = bestEpoch;
        trainer.History.AddRange(history);
    }

    private static string About(SafetensorsReader reader, string key) =>
        reader.Metadata.TryGetValue(key, out string? text) ? text : throw new FormatException($"it says nothing of its {key}");

    private static void AddState(SafetensorsWriter writer, string prefix, IReadOnlyList<Parameter> state)
    {
        for (int i = 0; i < state.Count; i++)
        {
            writer.Add($"{prefix}.{i}.{state[i].Name}", state[i]);
        }
    }

    private static void ReadState(SafetensorsReader reader, string prefix, IReadOnlyList<Parameter> state)
    {
        for (int i = 0; i < state.Count; i++)
        {
            reader.Read($"{prefix}.{i}.{state[i].Name}", state[i]);
        }
    }
}
