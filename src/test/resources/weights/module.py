"""Makes the checkpoints beside it, each of the same module, with PyTorch 2.13.0 and safetensors:

    python module.py

    module.safetensors   what safetensors' save_file writes
    module.bin           what torch.save writes of its state_dict()
    module-protocol4.bin the same with pickle_protocol=4
    module-legacy.bin    the same in PyTorch's format before 1.6, which is no zip archive
    expanded.bin         a tensor of 1000 values out of a storage of one
    views.bin            tensors that are views of a storage, and their plain copies under "<name>.copy"
"""
import torch
from safetensors.torch import save_file

torch.manual_seed(7)
module = torch.nn.Sequential(torch.nn.Linear(3, 4), torch.nn.BatchNorm1d(4))
state = module.state_dict()
save_file(state, "module.safetensors", metadata={"format": "pt"})
torch.save(state, "module.bin")
torch.save(state, "module-protocol4.bin", pickle_protocol=4)
torch.save(state, "module-legacy.bin", _use_new_zipfile_serialization=False)

base = torch.randn(4, 5, 6)
views = {
    "whole": base,
    "slice": base[1:3],
    "inner": base[:, 1:4, 2:5],
    "transposed": base.transpose(0, 2),
    "stepped": base[::2, ::3],
    "scalar": base[2, 3, 4],
    "empty": base[:0],
    "parameter": torch.nn.Parameter(base[3]),
    "half": torch.randn(7).half()[2:],
    "bfloat16": torch.randn(2, 3).bfloat16().t(),
}
views |= {name + ".copy": view.detach().float().contiguous().clone() for name, view in views.items()}
views["double"] = torch.randn(2).double()
torch.save(views, "views.bin")
torch.save({"x": torch.zeros(1).expand(1000)}, "expanded.bin")
