"""The gradients of LoRA's matrices (Hu et al., arXiv 2106.09685) by PyTorch's autograd, for AdaptedEncoderTest.

    pip install torch==2.13.0 transformers==5.18.0 safetensors
    python lora_gradients.py ../resources/encoder

For tiny checkpoints of ../resources/encoder/folders it writes lora/<name>/model.safetensors: matrices lora_A [rank, in] and
lora_B [out, rank] of the six projections of the last two layers, with the names that PEFT gives them, the gradients of the
fixture's loss by them (grad.*), and that loss. The rank is 3 and alpha is 6.
"""

import sys
from pathlib import Path

import torch
from safetensors.torch import load_file, save_file
from torch.func import functional_call
from torch.nn import functional as F
from transformers import AutoModel

RANK, ALPHA = 3, 6
PROJECTIONS = [
    "attention.q_proj",
    "attention.k_proj",
    "attention.v_proj",
    "attention.out_proj",
    "feed_forward.intermediate_dense",
    "feed_forward.output_dense",
]


resources = Path(sys.argv[1])
for name in ["hubert-base", "hubert-large", "wavlm-base"]:
    folder = resources / "folders" / name
    torch.manual_seed(20)
    model = AutoModel.from_pretrained(folder, attn_implementation="eager").eval().requires_grad_(False)
    expected = load_file(folder / "expected.safetensors")
    normalizes = '"do_normalize": true' in (folder / "preprocessor_config.json").read_text()
    matrices = {}
    adapted = {}
    for index in range(len(model.encoder.layers) - 2, len(model.encoder.layers)):
        for projection in PROJECTIONS:
            linear = model.encoder.layers[index].get_submodule(projection)
            down = torch.randn(RANK, linear.in_features) * 0.2
            up = torch.randn(linear.out_features, RANK) * 0.2
            prefix = f"encoder.layers.{index}.{projection}"
            change = up.requires_grad_(True) @ down.requires_grad_(True)
            # WavLM multiplies by the weights without calling the modules, so the weights are changed, not the modules.
            adapted[f"{prefix}.weight"] = linear.weight + ALPHA / RANK * change
            matrices |= {f"{prefix}.lora_A.weight": down, f"{prefix}.lora_B.weight": up}
    losses = []
    for clip, label in enumerate(expected["head.labels"].tolist()):
        wave = expected[f"wave.{clip}"]
        if normalizes:
            wave = (wave - wave.mean()) / torch.sqrt(wave.var(unbiased=False) + 1e-7)
        hidden = functional_call(model, adapted, (wave[None],)).last_hidden_state[0]
        weights = torch.softmax((hidden @ expected["head.attn_w"] + expected["head.attn_b"]).squeeze(-1), dim=0)
        inner = F.gelu(weights @ hidden @ expected["head.w1"] + expected["head.b1"])
        logits = inner @ expected["head.w2"] + expected["head.b2"]
        losses.append(F.cross_entropy(logits[None], torch.tensor([label])))
    loss = torch.stack(losses).mean()
    loss.backward()
    tensors = {"loss": loss.detach().reshape(1)}
    for key, matrix in matrices.items():
        tensors[key] = matrix.detach()
        tensors[f"grad.{key}"] = matrix.grad
    output = resources / "lora" / name
    output.mkdir(parents=True, exist_ok=True)
    save_file(tensors, output / "model.safetensors")
    print(name, loss.item())
