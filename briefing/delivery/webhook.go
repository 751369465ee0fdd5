package delivery

import (
	"bytes"
	"context"
	"crypto/hmac"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"io"
	"net/http"

	"github.com/niengiam/niengiam/etl/workspace"
)

// Signature is the header with the HMAC-SHA256 of a post's body, in hexadecimal
// after “sha256=”, by the key that both sides know.
const Signature = "X-Niengiam-Signature"

// post sends each file in a request of its own.
func post(ctx context.Context, c *Courier, d *workspace.Delivery, p Parcel) error {
	for _, file := range p.Files {
		request, err := http.NewRequestWithContext(ctx, http.MethodPost, d.Webhook.URL, bytes.NewReader(file.Content))
		if err != nil {
			return forGood{err}
		}
		request.Header.Set("Content-Type", file.Type)
		request.Header.Set("Content-Disposition", fmt.Sprintf("attachment; filename=%q", file.Name))
		request.Header.Set("X-Niengiam-Delivery", d.Code)
		if d.Webhook.SecretEnv != "" {
			secret := c.Getenv(d.Webhook.SecretEnv)
			if secret == "" {
				return forGood{fmt.Errorf("the environment has no %s", d.Webhook.SecretEnv)}
			}
			sum := hmac.New(sha256.New, []byte(secret))
			_, _ = sum.Write(file.Content) // a hash takes everything
			request.Header.Set(Signature, "sha256="+hex.EncodeToString(sum.Sum(nil)))
		}
		response, err := c.Client.Do(request)
		if err != nil {
			return err
		}
		_, _ = io.Copy(io.Discard, io.LimitReader(response.Body, 1<<16)) // so that the connection is used again
		if err := response.Body.Close(); err != nil {
			return err
		}
		switch status := response.StatusCode; {
		case status < 300:
		case status >= 500, status == http.StatusTooManyRequests, status == http.StatusRequestTimeout:
			return fmt.Errorf("answered %s", response.Status)
		default:
			return forGood{fmt.Errorf("answered %s", response.Status)}
		}
	}
	return nil
}
