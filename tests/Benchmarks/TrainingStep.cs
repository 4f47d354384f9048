using System.Diagnostics;
using System.Globalization;
using Pipeline.Nn;

namespace Pipeline.Benchmarks;

/// <summary>How long does a training step take, and a pass for inference? A process that runs one on demand, for torch-race.py.</summary>
internal static class TrainingStep
{
    /// <summary>Says "ready", then answers each line of the input, t for a step or i for a pass: wall ms, processor ms, and the most memory in MB.</summary>
    public static int Serve(Arguments args)
    {
        using var team = new Team(args.Number("--threads", Environment.ProcessorCount));
        using var network = new TrainingNetwork(args.File, team);
        for (int i = 0; i < 3; i++)
        {
            network.Step();
            network.Infer();
        }

        Console.WriteLine("ready");
        while (Console.ReadLine() is { } what)
        {
            var meter = new Meter();
            meter.Start();
            if (what == "t")
            {
                network.Step();
            }
            else
            {
                network.Infer();
            }

            meter.Stop();
            using Process self = Process.GetCurrentProcess();
            Console.WriteLine(string.Create(
                CultureInfo.InvariantCulture, $"{meter.Wall.TotalMilliseconds:f3} {meter.Cpu.TotalMilliseconds:f3} {self.PeakWorkingSet64 / 1e6:f0}"));
        }

        return 0;
    }
}
