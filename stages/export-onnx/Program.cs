// export-onnx: model/ -> model.onnx
// The whole way from a window's features, as tables have them, to the probabilities of the genres, for programs that know nothing of this pipeline.
using System.CommandLine;
using System.Globalization;
using Pipeline.Cli;
using Pipeline.Models;
using Pipeline.Nn;
using Pipeline.Nn.Files.Onnx;

var model = new Option<string>("--model") { Description = "Folder of the model, as train made it.", HelpName = "DIR", Required = true };
var output = new Option<string>("--out") { Description = "ONNX file to write.", HelpName = "FILE", Required = true };

var command = new RootCommand("Writes a model as an ONNX file: features in, probabilities of genres out, normalisation and all members within.") { model, output };
command.SetAction((options, _) =>
{
    string folder = options.GetRequiredValue(model);
    string file = options.GetRequiredValue(output);
    WholeFile.Check(file);
    if (new[] { Model.DescriptionFile, Model.WeightsFile }.Any(own => Path.GetFullPath(Path.Combine(folder, own)) == Path.GetFullPath(file)))
    {
        throw new StageException($"{file} is a part of the model itself: name another file with --out");
    }

    using var team = new Team(1);
    using var trained = Model.Open(folder, team, capacity: 1);
    ModelDescription about = trained.Description;
    var network = new OnnxNetwork();
    trained.Export(network);
    network.Describe("genres", string.Join('\n', trained.Genres));
    network.Describe("recipe", about.Recipe);
    network.Describe("representation", string.Join(' ', about.Inputs.Select(i => i.Representation)));
    network.Describe("warnings", string.Join('\n', trained.Warnings));
    WholeFile.WriteBytes(file, stream => network.Write(stream, "pipeline", Stage.Version));
    foreach (string warning in trained.Warnings)
    {
        Terminal.Message($"warning: {warning}");
    }

    string inputs = string.Join(" and ", about.Inputs.Zip(about.Network.Inputs).Select(i => $"{i.First.Channels} x {i.Second.Frames ?? i.First.Frames} {i.First.Representation}"));
    Terminal.Message(string.Create(CultureInfo.InvariantCulture, $"{file}: {inputs} in, {trained.Genres.Count} probabilities out; {new FileInfo(file).Length / 1e6:N1} MB"));
});
return Stage.Run("export-onnx", command, args);
