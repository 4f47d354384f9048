using Pipeline.Nn;
using Pipeline.Nn.Layers;

namespace Pipeline.Models.Layers;

/// <summary>Neighbouring places that become one.</summary>
internal sealed record PoolPlan(PoolSettings Settings) : LayerPlan
{
    public override ILayer Build(Tensor input, Halo outputHalo, Team team)
    {
        Shape output = Settings.OutputOf(input.Shape);
        return output.Places > 0 ? new Pool(input, Settings, outputHalo, team) : throw new ArgumentException("they are smaller than what becomes one place");
    }
}
