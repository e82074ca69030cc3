// The second thing that the table says of a register.
namespace Nestor.Tools.Registers;

/// <summary>How hardware is written; see the head of the table.</summary>
public enum RegisterWrite
{
    Plain,
    Changed,
    Translation,
}
