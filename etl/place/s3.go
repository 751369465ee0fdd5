package place

import (
	"context"
	"errors"
	"io"
	"net/http"
	"net/url"
	"path"
	"slices"
	"strings"

	"github.com/minio/minio-go/v7"
	"github.com/minio/minio-go/v7/pkg/credentials"

	"github.com/niengiam/niengiam/etl/workspace"
	"github.com/niengiam/niengiam/stats/number"
)

// bucket asks storage with the interface of S3.
type bucket struct {
	*visit
	*workspace.S3
}

// mostKeys is how many keys are looked at for a pattern, mostFiles how many may fit.
const (
	mostKeys  = 100_000
	mostFiles = 1_000
)

// ask fetches the objects whose keys fit, but those that are here in the same version.
func (b *bucket) ask(ctx context.Context) ([]File, error) {
	client, err := b.client()
	if err != nil {
		return nil, err
	}
	objects, err := b.objects(ctx, client)
	if err != nil {
		return nil, err
	}
	files := make([]File, len(objects))
	for i := range objects {
		if files[i], err = b.fetch(ctx, client, &objects[i]); err != nil {
			return nil, err
		}
	}
	return files, nil
}

func (b *bucket) client() (*minio.Client, error) {
	access, err := b.read(b.AccessKey)
	if err != nil {
		return nil, err
	}
	secret, err := b.read(b.SecretKey)
	if err != nil {
		return nil, err
	}
	endpoint, err := url.Parse(b.Endpoint)
	if err == nil {
		region := b.Region
		if region == "" {
			region = "us-east-1" // what servers take that have no regions
		}
		var client *minio.Client
		client, err = minio.New(endpoint.Host, &minio.Options{
			Creds: credentials.NewStaticV4(access, secret, ""), Secure: endpoint.Scheme == "https", Transport: b.transport(),
			Region: region, MaxRetries: 1,
		})
		if err == nil {
			return client, nil
		}
	}
	return nil, fault(Refused, number.Say("this is not an address"), err)
}

// objects lists the objects whose keys fit, in the order of the keys.
func (b *bucket) objects(ctx context.Context, client *minio.Client) ([]minio.ObjectInfo, error) {
	first := strings.IndexAny(b.Pattern, `*?[\`)
	if first < 0 {
		object, err := client.StatObject(ctx, b.Bucket, b.Pattern, minio.StatObjectOptions{})
		if err != nil {
			return nil, ofStorage(err)
		}
		return []minio.ObjectInfo{object}, nil
	}
	listing, stop := context.WithCancel(ctx)
	defer stop()
	var found []minio.ObjectInfo
	looked := 0
	for object := range client.ListObjects(listing, b.Bucket, minio.ListObjectsOptions{Prefix: b.Pattern[:first], Recursive: true}) {
		if object.Err != nil {
			return nil, ofStorage(object.Err)
		}
		if fits, err := path.Match(b.Pattern, object.Key); err == nil && fits && !strings.HasSuffix(object.Key, "/") {
			found = append(found, object)
		}
		if looked++; looked > mostKeys || len(found) > mostFiles {
			return nil, fault(TooLarge, number.Say("%d keys begin so, or more than %d fit: give a longer beginning", looked, mostFiles), nil)
		}
	}
	if len(found) == 0 {
		return nil, fault(Missing, number.Say("no key fits"), nil)
	}
	slices.SortFunc(found, func(a, b minio.ObjectInfo) int { return strings.Compare(a.Key, b.Key) })
	return found, nil
}

// fetch fetches the version of an object that was listed.
func (b *bucket) fetch(ctx context.Context, client *minio.Client, object *minio.ObjectInfo) (File, error) {
	file := File{
		Name:    cleanPath(object.Key),
		Address: strings.TrimRight(b.Endpoint, "/") + "/" + b.Bucket + "/" + object.Key, Tag: `"` + object.ETag + `"`,
	}
	if object.VersionID != "" {
		file.Tag += " version " + object.VersionID
	}
	if before, known := b.before(file.Address); known && before.Tag == file.Tag {
		return before, nil
	}
	if object.Size > b.limits.Bytes {
		return file, at(file.Address, tooLarge(b.limits.Bytes))
	}
	options := minio.GetObjectOptions{VersionID: object.VersionID}
	if err := options.SetMatchETag(object.ETag); err != nil {
		return file, fault(Refused, number.Say("the server gives no ETag"), err)
	}
	content, err := client.GetObject(ctx, b.Bucket, object.Key, options)
	if err != nil {
		return file, at(file.Address, ofStorage(err))
	}
	defer content.Close()
	in, err := b.kept.begin(b.limits.Bytes)
	if err != nil {
		return file, err
	}
	defer in.discard()
	size, err := io.Copy(in, content)
	switch {
	case err != nil:
		return file, at(file.Address, ofStorage(err))
	case size != object.Size:
		return file, at(file.Address, &passing{fault: cut(io.ErrUnexpectedEOF)})
	}
	return file, in.keep(&file)
}

// at names the place of a fault that has none.
func at(address string, err error) error {
	if coded, ok := errors.AsType[*number.Error](err); ok && coded.Where == "" {
		coded.Where = address
	}
	return err
}

// ofStorage makes a fault of what the storage said.
func ofStorage(err error) error {
	said, ok := errors.AsType[minio.ErrorResponse](err)
	if !ok {
		return ofNetwork(err)
	}
	switch {
	case said.StatusCode == http.StatusForbidden, said.StatusCode == http.StatusUnauthorized:
		return fault(Denied, number.Say("the storage answers %s", said.Code), err)
	case said.StatusCode == http.StatusNotFound:
		return fault(Missing, number.Say("the storage answers %s", said.Code), err)
	case said.StatusCode == http.StatusPreconditionFailed:
		return &passing{fault: fault(Changing, number.Say("the object was written anew meanwhile"), err)}
	case said.StatusCode >= http.StatusInternalServerError, said.StatusCode == http.StatusTooManyRequests:
		return &passing{fault: fault(Unreachable, number.Say("the storage answers %s", said.Code), err)}
	}
	return fault(Refused, number.Say("the storage answers %s", said.Code), err)
}
