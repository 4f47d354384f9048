// inspect: any Parquet file or folder of them, or any HDF5 file -> what is in it
// The overview comes from the footers alone; rows are read only where an option asks for them, and only the columns needed.
using System.CommandLine;
using Pipeline.Cli;
using Pipeline.Hdf5;
using Pipeline.Stages.Inspection;
using Pipeline.Stages.Inspection.Hdf5Views;
using Pipeline.Tables;

var path = new Argument<string>("FILE|FOLDER") { Description = "A Parquet file, a folder of part files, or an HDF5 file." };
var head = new Option<int?>("--head") { Description = "Print the first N rows, of each dataset of an HDF5 file.", HelpName = "N" };
var all = new Option<bool>("--all") { Description = "Print every row." };
var columns = new Option<string?>("--columns") { Description = "Only these columns, or these datasets of an HDF5 file, separated by commas.", HelpName = "A,B" };
var where = new Option<string[]>("--where")
{
    Description = "Only rows for which this holds: genre=jazz, duration_s>=30, title~love (contains), fault=null. The operators are = != < <= > >= ~; several --where must all hold.",
    HelpName = "COND",
    Arity = ArgumentArity.OneOrMore,
};
var countBy = new Option<string?>("--count-by") { Description = "Count rows by the values of a column; with --head N the N most frequent.", HelpName = "COLUMN" };
var stats = new Option<bool>("--stats") { Description = "Minimum, mean, maximum and more of each column." };
var contract = new Option<string?>("--contract")
{
    Description = $"Check columns and rows against a table's contract: {string.Join(", ", Contracts.All.Select(c => c.Name))}; or an HDF5 file against the layout of the Million Song Dataset: {LayoutReport.Name}.",
    HelpName = "NAME",
};
Option<bool> json = CommonOptions.Json();
json.Description = "Print JSON: one object, or one line for each row.";
var csv = new Option<bool>("--csv") { Description = "Print rows as CSV (every row unless --head is given)." };
var picture = new Option<long?>("--picture") { Description = "Draw row N of a table of features, counted from 0, as SVG: to --out, or to stdout.", HelpName = "N" };
var channels = new Option<bool>("--channels") { Description = "Name the channels of a table of features, one on a line, as its settings tell them." };
var output = new Option<string?>("--out") { Description = "File for --picture to write.", HelpName = "FILE" };
output.Validators.Add(result =>
{
    if (result.Tokens is [{ Value: var name }] && !name.EndsWith(".svg", StringComparison.OrdinalIgnoreCase))
    {
        result.AddError($"--out needs a name that ends in .svg, not '{name}': that is what --picture draws");
    }
});

picture.Validators.Add(result =>
{
    if (result.Tokens is [{ Value: var text }] && long.TryParse(text, out long n) && n < 0)
    {
        result.AddError($"--picture needs a row, counted from 0, not '{text}'");
    }
});
head.Validators.Add(result =>
{
    if (result.Tokens is [{ Value: var text }] && int.TryParse(text, out int n) && n < 0)
    {
        result.AddError($"--head needs 0 or more, not '{text}'");
    }
});
where.Validators.Add(result =>
{
    if (result.Tokens.Select(t => Condition.FindFault(t.Value)).FirstOrDefault(f => f is not null) is { } fault)
    {
        result.AddError(fault);
    }
});
columns.Validators.Add(result =>
{
    if (result.Tokens is [{ Value: var list }] && list.Split(',').All(string.IsNullOrWhiteSpace))
    {
        result.AddError("--columns needs names of columns, separated by commas");
    }
});
contract.Validators.Add(result =>
{
    if (result.Tokens is [{ Value: var name }] && name != LayoutReport.Name && Contracts.Find(name) is null)
    {
        result.AddError($"there is no contract '{name}'; there are {string.Join(", ", Contracts.All.Select(c => c.Name))}, {LayoutReport.Name}");
    }
});

var command = new RootCommand("Looks into any Parquet or HDF5 file: what it is, its columns, its rows, its history, and whether it keeps a table's contract.")
{
    path, head, all, columns, where, countBy, stats, contract, json, csv, picture, output, channels,
};

command.Validators.Add(result =>
{
    string[] given = [.. ((Option[])[head, all, columns, where, countBy, stats, contract, csv]).Where(o => result.GetResult(o) is { Implicit: false }).Select(o => o.Name)];
    foreach ((string mode, string[] others) in (ReadOnlySpan<(string, string[])>)
        [("--contract", ["--head", "--all", "--columns", "--where"]), ("--stats", ["--head", "--all"]), ("--count-by", ["--all", "--columns"])])
    {
        if (given.Contains(mode) && given.Intersect(others).FirstOrDefault() is { } other)
        {
            result.AddError($"{mode} and {other} cannot go together");
            return;
        }
    }

    string[] alone = [.. ((Option[])[picture, channels]).Where(o => result.GetResult(o) is { Implicit: false }).Select(o => o.Name)];
    if (alone.Concat(given).Take(2).ToArray() is [var one, var beside] && alone.Length > 0)
    {
        result.AddError($"{one} and {beside} cannot go together");
    }
    else if (result.GetResult(output) is { Implicit: false } && result.GetResult(picture) is not { Implicit: false })
    {
        result.AddError("--out is for --picture: what else there is goes to stdout");
    }

    string[] modes = [.. ((Option[])[countBy, stats, contract, csv]).Where(o => result.GetResult(o) is { Implicit: false }).Select(o => o.Name)];
    if (modes.Length > 1)
    {
        result.AddError($"{modes[0]} and {modes[1]} cannot go together");
    }
    else if (modes is ["--csv"] && result.GetResult(json) is { Implicit: false })
    {
        result.AddError("--csv and --json cannot go together");
    }
    else if (result.GetResult(head) is not null && result.GetResult(all) is { Implicit: false })
    {
        result.AddError("--head and --all cannot go together");
    }
});

command.SetAction((options, cancel) =>
{
    bool asJson = options.GetValue(json);
    string file = options.GetRequiredValue(path);
    string[]? names = options.GetValue(columns)?.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);
    if (Hdf5File.LooksLike(file))
    {
        if (((Option[])[where, countBy, stats, csv, picture, channels]).FirstOrDefault(o => options.GetResult(o) is { Implicit: false }) is { } tableOption)
        {
            throw new StageException($"{file} is an HDF5 file, and {tableOption.Name} is for Parquet tables: of HDF5 there are the tree, --head, --all, --columns, --contract {LayoutReport.Name} and --json");
        }

        using Hdf5View tree = Hdf5View.Open(file, names);
        if (options.GetValue(contract) is { } layout)
        {
            if (layout != LayoutReport.Name)
            {
                throw new StageException($"{file} is an HDF5 file, and '{layout}' is a contract of Parquet tables: --contract {LayoutReport.Name} checks song files");
            }

            LayoutReport.Write(tree, asJson);
        }
        else if (options.GetValue(head) is not null || options.GetValue(all))
        {
            DatasetRows.Write(tree, options.GetValue(head), asJson, cancel);
        }
        else
        {
            Hdf5Overview.Write(tree, asJson);
        }

        return;
    }

    if (options.GetValue(picture) is { } row)
    {
        string svg = RowPicture.Draw(file, row, cancel);
        if (options.GetValue(output) is { } svgFile)
        {
            WholeFile.Write(svgFile, file => file.Write(svg));
            Terminal.Message($"row {row} is drawn in {svgFile}");
        }
        else
        {
            Console.Out.Write(svg);
        }

        return;
    }

    if (options.GetValue(channels))
    {
        ChannelNames.Write(file);
        return;
    }

    TableView view = TableView.Open(file, names, options.GetValue(where) ?? []);
    if (options.GetValue(contract) is LayoutReport.Name)
    {
        throw new StageException($"{file} is no HDF5 file: --contract {LayoutReport.Name} checks song files of the Million Song Dataset");
    }

    if (options.GetValue(contract) is { } name)
    {
        ContractReport.Write(view, Contracts.Find(name)!, asJson, cancel);
    }
    else if (options.GetValue(countBy) is { } column)
    {
        Counts.Write(view, column, options.GetValue(head), asJson, cancel);
    }
    else if (options.GetValue(stats))
    {
        ColumnFigures.Write(view, asJson, cancel);
    }
    else if (options.GetValue(csv))
    {
        Rows.WriteCsv(view, options.GetValue(head), cancel);
    }
    else if (options.GetValue(head) is not null || options.GetValue(all) || view.Conditions.Count > 0)
    {
        Rows.Write(view, options.GetValue(head), asJson, cancel);
    }
    else
    {
        Overview.Write(view, asJson);
    }
});

return Stage.Run("inspect", command, args);
