using System.CommandLine;
using System.Globalization;

namespace Pipeline.Cli;

/// <summary>
/// Options that mean the same in every stage that has them. Each call makes a new one: a stage adds those it honours, no others.
/// </summary>
public static class CommonOptions
{
    /// <summary><c>--quiet</c>: no progress. Messages and faults are printed all the same.</summary>
    public static Option<bool> Quiet() => new("--quiet") { Description = "Show no progress." };

    /// <summary><c>--json</c>: what stdout says, for programs.</summary>
    public static Option<bool> Json() => new("--json") { Description = "Print JSON instead of text." };

    /// <summary><c>--threads N</c>: at least 1; every core unless given. What a stage writes never depends on it.</summary>
    public static Option<int> Threads()
    {
        var option = new Option<int>("--threads")
        {
            Description = "Threads to work with (default: one per core).",
            DefaultValueFactory = _ => Environment.ProcessorCount,
        };
        option.Validators.Add(result =>
        {
            // Read from the text: what is no number at all has been reported by the parser, and has no value to ask for.
            if (result.Tokens.Count == 1 && int.TryParse(result.Tokens[0].Value, CultureInfo.InvariantCulture, out int threads) && threads < 1)
            {
                result.AddError($"--threads needs at least 1, not '{threads}'");
            }
        });
        return option;
    }

    /// <summary><c>--source NAME</c>: the dataset's name, which is the first part of every key and hence has no slash.</summary>
    public static Option<string?> Source()
    {
        var option = new Option<string?>("--source")
        {
            Description = "Name of the dataset, which begins every recording's key (default: the folder's name).",
            HelpName = "NAME",
        };
        option.Validators.Add(result =>
        {
            if (result.Tokens is [{ Value: var name }] && (name.Length == 0 || name.Contains('/', StringComparison.Ordinal)))
            {
                result.AddError($"--source needs a name without a slash, not '{name}'");
            }
        });
        return option;
    }

    /// <summary><c>--seed N</c>: everything random follows from it and from the input.</summary>
    public static Option<ulong> Seed() => new("--seed")
    {
        Description = "Seed of everything random.",
        DefaultValueFactory = _ => 0,
    };

    /// <summary><c>--shard I/N</c>: one part of the work, counted from 0.</summary>
    public static Option<Shard> Shard() => new("--shard")
    {
        Description = "Do part I of N only, I counted from 0: 0/4, 1/4, 2/4 and 3/4 together are the default, everything.",
        HelpName = "I/N",
        DefaultValueFactory = _ => Cli.Shard.All,
        CustomParser = result =>
        {
            if (!Cli.Shard.TryParse(result.Tokens[0].Value, out Shard shard, out string? error))
            {
                result.AddError("--shard: " + error);
            }
            return shard;
        },
    };

    /// <summary><c>--report FILE</c>: where a <see cref="Cli.Report"/> is written, beside being printed.</summary>
    public static Option<string?> Report() => new("--report")
    {
        Description = "File to write the report to as well; JSON where its name ends in .json.",
        HelpName = "FILE",
    };

    /// <summary>Refuses the options that name one file to be written twice: each is complete only under its final name, and one would be lost.</summary>
    /// <param name="command">The stage's command.</param>
    /// <param name="outputs">All its options that name a file to be written.</param>
    public static void KeepApart(Command command, params Option[] outputs)
    {
        ArgumentNullException.ThrowIfNull(command);
        command.Validators.Add(result =>
        {
            // Read from the text: what is missing has been reported by the parser, and has no value to ask for.
            var written = new Dictionary<string, string>();
            foreach (Option output in outputs)
            {
                if (result.GetResult(output)?.Tokens is [{ Value: { Length: > 0 } path }] && !written.TryAdd(Path.GetFullPath(path), output.Name))
                {
                    result.AddError($"{written[Path.GetFullPath(path)]} and {output.Name} are the same file, '{path}': give each a name of its own");
                }
            }
        });
    }

    /// <summary><c>--max-failed X</c>: the share of bad items that <see cref="Faults"/> tolerates, 0 to 1.</summary>
    public static Option<double> MaxFailed()
    {
        var option = new Option<double>("--max-failed")
        {
            Description = "Share of bad items to tolerate, 0 to 1.",
            DefaultValueFactory = _ => 0.01,
        };
        option.Validators.Add(result =>
        {
            if (result.Tokens.Count == 1 && double.TryParse(result.Tokens[0].Value, CultureInfo.InvariantCulture, out double share) && share is not (>= 0 and <= 1))
            {
                result.AddError($"--max-failed is a share from 0 to 1, not '{result.Tokens[0].Value}'");
            }
        });
        return option;
    }
}
