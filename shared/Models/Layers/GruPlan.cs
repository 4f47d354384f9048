using Pipeline.Nn;
using Pipeline.Nn.Files.Onnx;
using Pipeline.Nn.Layers;

namespace Pipeline.Models.Layers;

/// <summary>A recurrent layer.</summary>
internal sealed record GruPlan(GruSettings Settings) : LayerPlan
{
    public override ILayer Build(Tensor input, Halo outputHalo, Team team) => new Gru(input, Settings, outputHalo, team);

    public override OnnxValue Export(OnnxNetwork network, OnnxValue x, IReadOnlyList<Parameter> parameters)
    {
        const int Each = 4; // parameters of a direction
        OnnxValue[] directions = [.. parameters.Chunk(Each).Select((p, i) =>
            network.Gru(x, p[0].Values, p[1].Values, p[2].Values, p[3].Values, backwards: i == 1, lastOnly: !Settings.KeepsSteps))];
        return directions.Length == 1 ? directions[0] : network.Concat(directions);
    }
}
