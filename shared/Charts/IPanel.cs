namespace Pipeline.Charts;

/// <summary>A part of a figure that shares the figure's horizontal axis.</summary>
public interface IPanel
{
    /// <summary>What stands along its left edge.</summary>
    Axis Vertical { get; }

    /// <summary>Draws what is within the panel's frame, and its scale at the right.</summary>
    void Draw(SvgCanvas canvas, double x, double y, double width, double height);
}
