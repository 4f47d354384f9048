using System.CommandLine;
using System.CommandLine.Parsing;
using System.Globalization;
using System.Numerics;

namespace Pipeline.Cli;

/// <summary>
/// Says what is wrong with a command line in the user's words. System.CommandLine's own sentences name .NET types,
/// and it takes a mistyped option for the value of the option or argument before it.
/// </summary>
internal static class UsageError
{
    /// <summary>The first thing that is wrong, as a sentence without the stage's name; null for nothing.</summary>
    public static string? Find(ParseResult parse, string[] args)
    {
        // What follows -- is never an option.
        string[] open = args.TakeWhile(arg => arg != "--").ToArray();
        string[] known = KnownOptions(parse.CommandResult.Command);
        return UnknownOption(parse, open, known)
            ?? SwallowedOption(parse, open, known)
            ?? EmptyName(parse)
            ?? NumberWithComma(parse)
            ?? parse.Errors.Where(error => !IsMissing(error)).Select(Describe).FirstOrDefault()
            ?? parse.Errors.Select(Describe).FirstOrDefault();
    }

    private static string? UnknownOption(ParseResult parse, string[] open, string[] known)
    {
        var positional = new HashSet<string>(parse.UnmatchedTokens);
        foreach (ArgumentResult argument in parse.CommandResult.Children.OfType<ArgumentResult>())
        {
            positional.UnionWith(argument.Tokens.Select(token => token.Value));
        }
        foreach (string arg in open)
        {
            int end = arg.AsSpan().IndexOfAny('=', ':');
            string name = end < 0 ? arg : arg[..end];
            bool looksLikeOption = name.Length > 2 && name.StartsWith("--", StringComparison.Ordinal)
                || name.Length > 1 && name[0] == '-' && char.IsAsciiLetter(name[1]) && positional.Contains(arg);
            if (looksLikeOption && !known.Contains(name))
            {
                string hint = NearestName.Of(name, known) is { } nearest ? $" (did you mean '{nearest}'?)" : "";
                return $"there is no option '{name}'{hint}";
            }
        }
        return null;
    }

    // As of a variable that is not set: --out "$RESULT".
    private static string? EmptyName(ParseResult parse) => parse.CommandResult.Children.OfType<OptionResult>()
        .Where(option => option.Option.HelpName is "FILE" or "DIR" && option.Tokens.Any(token => string.IsNullOrWhiteSpace(token.Value)))
        .Select(option => $"{option.Option.Name} needs the name of a {(option.Option.HelpName == "DIR" ? "folder" : "file")}")
        .FirstOrDefault();

    // .NET skips commas in numbers: 1,5 would be 15.
    private static string? NumberWithComma(ParseResult parse)
    {
        foreach (OptionResult option in parse.CommandResult.Children.OfType<OptionResult>())
        {
            Type type = Nullable.GetUnderlyingType(option.Option.ValueType) ?? option.Option.ValueType;
            if ((type == typeof(double) || type == typeof(float) || type == typeof(int) || type == typeof(long) || type == typeof(ulong))
                && option.Tokens.FirstOrDefault(token => token.Value.Contains(',', StringComparison.Ordinal)) is { } token)
            {
                return $"{option.Option.Name} needs a number without commas, such as 1.5, not '{token.Value}'";
            }
        }
        return null;
    }

    // --out --quiet would write a file named --quiet; who means that says --out=--quiet.
    private static string? SwallowedOption(ParseResult parse, string[] open, string[] known)
    {
        foreach (OptionResult option in parse.CommandResult.Children.OfType<OptionResult>())
        {
            if (option.Tokens.Any(token => known.Contains(token.Value) && open.Contains(token.Value)))
            {
                return $"{option.Option.Name} needs a value";
            }
        }
        return null;
    }

    // What was typed and is wrong comes first: a required option is often "missing" only because of it.
    private static bool IsMissing(ParseError error) => error.SymbolResult switch
    {
        OptionResult option => option.Tokens.Count == 0 && option.IdentifierToken is null,
        ArgumentResult argument => argument.Tokens.Count == 0,
        _ => false,
    };

    private static string Describe(ParseError error) => error.SymbolResult switch
    {
        OptionResult option => DescribeOption(option, error.Message),
        ArgumentResult argument => DescribeArgument(argument, error.Message),
        CommandResult command when Unmatched(command, error.Message) is { } token => $"'{token}' is one argument too many",
        _ => error.Message,
    };

    private static string DescribeOption(OptionResult result, string message)
    {
        string name = result.Option.Name;
        return result.Tokens.Count switch
        {
            0 when result.IdentifierToken is null && result.Option.Required => $"the option {name} is required",
            0 when result.IdentifierToken is not null && result.Option.Arity.MinimumNumberOfValues > 0 => $"{name} needs a value",
            > 1 when result.Tokens.Count > result.Option.Arity.MaximumNumberOfValues => $"{name} is given more than once",
            _ => DescribeValue(name, result.Option.ValueType, result.Tokens, message),
        };
    }

    private static string DescribeArgument(ArgumentResult result, string message) => result.Tokens.Count == 0
        ? $"the argument {HelpText.ArgumentName(result.Argument)} is missing"
        : DescribeValue(HelpText.ArgumentName(result.Argument), result.Argument.ValueType, result.Tokens, message);

    private static string DescribeValue(string name, Type type, IReadOnlyList<Token> tokens, string message)
    {
        if (message.StartsWith("Cannot parse argument", StringComparison.Ordinal))
        {
            // Of several values the message quotes the wrong one.
            string value = tokens.Select(token => token.Value).FirstOrDefault(text => message.Contains($"'{text}'", StringComparison.Ordinal)) ?? tokens[0].Value;
            return $"{name} needs {Wanted(type, value)}, not '{value}'";
        }
        if (message.Contains("does not exist: '", StringComparison.Ordinal))
        {
            string path = tokens.Select(token => token.Value).First(text => message.EndsWith($"'{text}'.", StringComparison.Ordinal));
            return name.StartsWith('-') ? $"{name}: no file or folder '{path}'" : $"no file or folder '{path}'";
        }
        if (message.Contains("Must be one of:", StringComparison.Ordinal))
        {
            string choices = string.Join(", ", message.Split('\n').Where(line => line.StartsWith('\t')).Select(line => line.Trim().Trim('\'')));
            return $"{name} needs one of {choices}, not '{tokens[0].Value}'";
        }
        // A stage's own validator has spoken.
        return message;
    }

    private static string Wanted(Type type, string value)
    {
        Type element = type.IsArray ? type.GetElementType()!
            : type.IsGenericType && Nullable.GetUnderlyingType(type) is null ? type.GetGenericArguments()[0]
            : type;
        element = Nullable.GetUnderlyingType(element) ?? element;
        bool isWhole = BigInteger.TryParse(value, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out BigInteger number);
        return 0 switch
        {
            _ when element.IsEnum => "one of " + string.Join(", ", Enum.GetNames(element)),
            _ when element == typeof(int) => isWhole ? Range(number, int.MinValue, int.MaxValue) : "a whole number",
            _ when element == typeof(long) => isWhole ? Range(number, long.MinValue, long.MaxValue) : "a whole number",
            _ when element == typeof(uint) => isWhole ? Range(number, 0, uint.MaxValue) : "a whole number",
            _ when element == typeof(ulong) => isWhole ? Range(number, 0, ulong.MaxValue) : "a whole number",
            _ when element == typeof(double) || element == typeof(float) || element == typeof(decimal) => "a number",
            _ when element == typeof(bool) => "true or false",
            _ => "another value",
        };
    }

    private static string Range(BigInteger number, BigInteger least, BigInteger most) => number < least
        ? $"a whole number of at least {least}"
        : $"a whole number of at most {most}";

    private static string? Unmatched(CommandResult command, string message)
    {
        int quote = message.IndexOf('\'');
        int end = message.LastIndexOf('\'');
        return command.Command.TreatUnmatchedTokensAsErrors && message.StartsWith("Unrecognized command or argument", StringComparison.Ordinal) && end > quote
            ? message[(quote + 1)..end]
            : null;
    }

    private static string[] KnownOptions(Command command) =>
        command.Options.SelectMany(option => option.Aliases.Prepend(option.Name)).ToArray();
}
