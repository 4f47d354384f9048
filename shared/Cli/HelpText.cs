using System.CommandLine;
using System.CommandLine.Completions;
using System.Globalization;
using System.Text;

namespace Pipeline.Cli;

/// <summary>Lays a command's help out in two columns: what may be typed, and what it means.</summary>
internal static class HelpText
{
    private const int WidestLabel = 24;

    public static void Write(string name, Command command, int width, TextWriter output)
    {
        Argument[] arguments = command.Arguments.Where(argument => !argument.Hidden).ToArray();
        Option[] options = command.Options.Where(option => !option.Hidden).ToArray();
        Option[] required = Array.FindAll(options, option => option.Required);

        foreach (string line in Wrap($"{name}: {command.Description}", width))
        {
            output.WriteLine(line);
        }
        string typed = string.Concat(required.Select(option => " " + Label(option))) + string.Concat(arguments.Select(argument => " " + Usage(argument)));
        output.WriteLine();
        string[] usage = Wrap($"usage: {name}{typed} [options]", width - 7).ToArray();
        output.WriteLine(usage[0]);
        foreach (string line in usage.Skip(1))
        {
            output.WriteLine("       " + line);
        }

        WriteSection("", arguments.Select(argument => (ArgumentName(argument), Meaning(argument))), width, output);
        WriteSection("required:", required.Select(option => (Label(option), Meaning(option))), width, output);
        WriteSection("options:", options.Where(option => !option.Required).Select(option => (Label(option), Meaning(option))), width, output);
    }

    /// <summary>The name an argument goes by in help and errors.</summary>
    public static string ArgumentName(Argument argument) => argument.HelpName ?? argument.Name.ToUpperInvariant();

    private static string Usage(Argument argument)
    {
        string name = ArgumentName(argument);
        name += argument.Arity.MaximumNumberOfValues > 1 ? "..." : "";
        return argument.Arity.MinimumNumberOfValues == 0 ? $"[{name}]" : name;
    }

    private static string Label(Option option)
    {
        string names = string.Join(", ", option.Aliases.Prepend(option.Name));
        return option.Arity.MaximumNumberOfValues == 0 || option.ValueType == typeof(bool) ? names : $"{names} {ValueName(option)}";
    }

    private static string ValueName(Option option)
    {
        Type type = Nullable.GetUnderlyingType(option.ValueType) ?? option.ValueType;
        return option.HelpName ?? 0 switch
        {
            _ when type.IsEnum => string.Join('|', Enum.GetNames(type)),
            _ when type == typeof(FileInfo) || type == typeof(FileSystemInfo) => "FILE",
            _ when type == typeof(DirectoryInfo) => "DIR",
            _ when type == typeof(string) => Choices(option) is { Length: > 0 } choices ? choices : "TEXT",
            _ when type == typeof(double) || type == typeof(float) => "X",
            _ when type.IsPrimitive => "N",
            _ => option.Name.TrimStart('-').ToUpperInvariant(),
        };
    }

    // AcceptOnlyFromAmong leaves its words where shell completion looks for them.
    private static string Choices(Option option) =>
        string.Join('|', option.GetCompletions(CompletionContext.Empty).Select(choice => choice.Label));

    private static string Meaning(Argument argument) =>
        WithDefault(argument.Description, argument.HasDefaultValue ? argument.GetDefaultValue() : null);

    private static string Meaning(Option option) =>
        WithDefault(option.Description, option.HasDefaultValue ? option.GetDefaultValue() : null);

    // A description that speaks of its default itself says it better than the bare value.
    private static string WithDefault(string? description, object? value)
    {
        string text = description ?? "";
        string shown = value is null or bool ? "" : Convert.ToString(value, CultureInfo.InvariantCulture) ?? "";
        return shown.Length == 0 || text.Contains("default", StringComparison.OrdinalIgnoreCase) ? text : $"{text} (default {shown})";
    }

    private static void WriteSection(string title, IEnumerable<(string Label, string Meaning)> entries, int width, TextWriter output)
    {
        (string Label, string Meaning)[] rows = entries.ToArray();
        if (rows.Length == 0)
        {
            return;
        }
        output.WriteLine();
        if (title.Length > 0)
        {
            output.WriteLine(title);
        }
        const int Column = WidestLabel + 4;
        foreach ((string label, string meaning) in rows)
        {
            string left = "  " + label;
            foreach (string line in Wrap(meaning, width - Column).DefaultIfEmpty(""))
            {
                if (left.Length > Column - 2)
                {
                    output.WriteLine(left);
                    left = "";
                }
                output.WriteLine((left.PadRight(Column) + line).TrimEnd());
                left = "";
            }
        }
    }

    private static IEnumerable<string> Wrap(string text, int width)
    {
        var line = new StringBuilder();
        foreach (string word in text.Split(' ', StringSplitOptions.RemoveEmptyEntries))
        {
            if (line.Length > 0 && line.Length + 1 + word.Length > width)
            {
                yield return line.ToString();
                line.Clear();
            }
            line.Append(line.Length > 0 ? " " : "").Append(word);
        }
        if (line.Length > 0)
        {
            yield return line.ToString();
        }
    }
}
