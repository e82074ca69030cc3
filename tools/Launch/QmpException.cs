// QEMU refused a command, or spoke something that is not QMP, or hung up.

namespace Nestor.Tools.Launch;

public sealed class QmpException : Exception
{
    public QmpException(string message)
        : base(message)
    {
    }
}
